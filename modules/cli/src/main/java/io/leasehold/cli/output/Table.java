package io.leasehold.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: columns two blanks apart, numbers to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(heads);
    }

    /** Adds a row; null is shown as {@code -}. */
    public Table row(Object... cells) {
        String[] row = new String[rows.get(0).length];
        Arrays.fill(row, "-");
        for (int i = 0; i < cells.length; i++) {
            row[i] = cells[i] == null ? "-" : oneLine(cells[i].toString());
        }
        rows.add(row);
        return this;
    }

    /** The text, without a line break at its end. */
    @Override
    public String toString() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] =
                    rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
            numeric[c] =
                    rows.size() > 1 && rows.stream().skip(1).allMatch(row -> row[column].matches("-|[0-9][0-9.,]*"));
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String padding = " ".repeat(widths[c] - row[c].length());
                line.append(c == 0 ? "" : GAP).append(numeric[c] ? padding + row[c] : row[c] + padding);
            }
            text.append(text.length() == 0 ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
