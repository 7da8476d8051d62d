package io.leasehold.core.kit;

import io.leasehold.core.event.Events;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A fact that was told, by the name of its method in {@link Events}. */
public record Told(String fact, List<Object> fields) {

    /** Tells every fact to each of the listeners, in their order. */
    public static Events all(Events... listeners) {
        return proxy((proxy, method, args) -> {
            for (Events listener : listeners) {
                try {
                    method.invoke(listener, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
            return null;
        });
    }

    /** Writes every fact down. */
    public static Events into(List<Told> told) {
        return proxy((proxy, method, args) -> {
            told.add(new Told(method.getName(), args == null ? List.of() : Arrays.asList(args)));
            return null;
        });
    }

    private static Events proxy(InvocationHandler handler) {
        return (Events) Proxy.newProxyInstance(Events.class.getClassLoader(), new Class<?>[] {Events.class}, handler);
    }

    public long number() {
        return (Long) fields.get(0);
    }

    @Override
    public String toString() {
        return fields.stream().map(Plain::text).collect(Collectors.joining(", ", fact + "(", ")"));
    }
}
