package io.leasehold.simulator;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.InputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** Loads the product and the simulator once more, with one class of the product changed. */
final class MutantLoader extends ClassLoader {
    private static final String OURS = "io.leasehold.";

    private final Mutant mutant;

    MutantLoader(Mutant mutant) {
        super(MutantLoader.class.getClassLoader());
        this.mutant = mutant;
    }

    /** @return what is broken in the run, or null */
    String attempt(long seed, long steps) {
        try {
            return (String) Class.forName(Attempt.class.getName(), true, this)
                    .getMethod("run", long.class, long.class)
                    .invoke(null, seed, steps);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(mutant + " cannot be run: " + e.getCause(), e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = name.equals(mutant.className()) ? changed(name) : read(name);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] read(String name) throws IOException, ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }

    private byte[] changed(String name) {
        ClassFileLocator classes = ClassFileLocator.ForClassLoader.of(getParent());
        TypePool types = TypePool.Default.of(classes);
        TypeDescription type = types.describe(name).resolve();
        if (type.getDeclaredMethods().filter(named(mutant.method())).isEmpty()) {
            throw new IllegalStateException(
                    mutant + ": " + name + " has no method " + mutant.method() + " (expected: one to change)");
        }
        return mutant.change()
                .apply(new ByteBuddy().redefine(type, classes))
                .make()
                .getBytes();
    }
}
