package io.leasehold.cli.output;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whether a person is watching. */
public final class Terminal {
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;

    private Terminal() {}

    /** Whether lines can be drawn over: both ends are a terminal, and it is not a dumb one. */
    public static boolean isInteractive() {
        Console console = System.console();
        return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether text may be styled: see no-color.org. */
    public static boolean mayStyle() {
        String noColor = System.getenv("NO_COLOR");
        return isInteractive() && (noColor == null || noColor.isEmpty());
    }

    /** Rows and columns; 24 and 80 if the terminal does not say. */
    public static int[] size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] words = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            int rows = Integer.parseInt(words[0]);
            int columns = Integer.parseInt(words[1]);
            return rows > 0 && columns > 0 ? new int[] {rows, columns} : new int[] {ROWS, COLUMNS};
        } catch (IOException | RuntimeException e) {
            return new int[] {ROWS, COLUMNS};
        }
    }

    /** From Java 22 on there is a console without a terminal too, and a method to tell. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
