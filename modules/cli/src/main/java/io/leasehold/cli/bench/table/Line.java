package io.leasehold.cli.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One line of the table.
 *
 * @param label what it is, and in which unit
 * @param document the name of the file without its ending
 * @param phase of a comparison, with a full stop behind it; else empty
 * @param figure in each of its runs, the phase left out
 * @param factor by which it is multiplied for the table
 */
record Line(String label, String document, String phase, String figure, double factor) {
    private static final List<String> PEERS = List.of("beanstalkd", "share group");

    static final List<String> HEADS = List.of(
            "figure",
            "measured: median (lowest to highest)",
            "beanstalkd",
            "share group",
            "times beanstalkd, in one run",
            "times share group, in one run",
            "other_cores, at most");

    Line(String label, String document, String phase, String figure) {
        this(label, document, phase, figure, 1);
    }

    /** One for each of {@link #HEADS}. */
    List<String> cells(Documents documents) {
        List<String> cells = new ArrayList<>(List.of(label));
        List<Double> ours = runs(documents, Documents.OWN);
        String measured = Spread.of(ours.stream().mapToDouble(value -> value)).shown();
        cells.add(measured.isEmpty() ? "not measured" : measured);
        PEERS.forEach(peer -> cells.add(Spread.of(runs(documents, peer).stream().mapToDouble(value -> value))
                .shown()));
        PEERS.forEach(peer -> cells.add(ratio(ours, runs(documents, peer))));
        cells.add(Spread.of(DoubleStream.of(documents.mostOtherCores(document, phase)))
                .shown());
        return cells;
    }

    private List<Double> runs(Documents documents, String system) {
        return documents.runs(document, system, phase + figure).stream()
                .map(value -> value * factor)
                .toList();
    }

    private static String ratio(List<Double> ours, List<Double> theirs) {
        int both = Math.min(ours.size(), theirs.size());
        return Spread.of(IntStream.range(0, both).mapToDouble(run -> ours.get(run) / theirs.get(run)))
                .shown();
    }
}
