package io.leasehold.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import sun.misc.Signal;

/**
 * Runs another main class in a process that ends with its parent: the first argument names the class, the rest is passed
 * on. The parent holds the other end of this process's standard input and never writes to it; when that pipe closes,
 * which no way of dying can prevent, this process shuts down in order, and after {@value #HALT_AFTER_MS} ms in any case.
 *
 * <p>An interrupt from the terminal (Ctrl-C, hang-up) reaches parent and child alike; only the parent acts on it, and
 * stops its children when it no longer needs them.
 */
public final class ChildMain {
    static final long HALT_AFTER_MS = 5_000;

    private ChildMain() {}

    /** Runs {@code args[0]} as a Java program with the other arguments. */
    public static void main(String[] args) throws Throwable {
        endWithParent(System.in);
        leaveToParent("INT");
        leaveToParent("HUP");
        run(args[0], Arrays.copyOfRange(args, 1, args.length));
    }

    static void run(String mainClass, String[] args) throws Throwable {
        try {
            Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void endWithParent(InputStream parent) {
        daemon("parent-watch", () -> {
            awaitEnd(parent);
            daemon("halt-after-parent", ChildMain::haltLater);
            System.exit(0);
        });
    }

    private static void awaitEnd(InputStream parent) {
        try {
            int read = parent.read();
            while (read >= 0) {
                read = parent.read();
            }
        } catch (IOException e) {
            // a broken pipe says the same as a closed one
        }
    }

    private static void haltLater() {
        try {
            Thread.sleep(HALT_AFTER_MS);
        } catch (InterruptedException e) {
            // nobody interrupts this thread; halt at once
        }
        Runtime.getRuntime().halt(1);
    }

    private static void leaveToParent(String signal) {
        Signal.handle(new Signal(signal), ignored -> {});
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
