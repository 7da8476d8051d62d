package io.leasehold.chaos;

import io.leasehold.chaos.cluster.DataDisk;
import io.leasehold.chaos.cluster.FakeClock;
import io.leasehold.chaos.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Which faults this machine allows. */
final class Possible {
    private Possible() {}

    /**
     * What cannot be done here is said, and left out.
     *
     * @param directory for scratch files
     */
    static List<FaultKind> of(List<FaultKind> wanted, Path directory, Consumer<String> news) throws IOException {
        List<FaultKind> possible = new ArrayList<>(wanted);
        if (wanted.contains(FaultKind.DISK_FULL) && !DataDisk.isPossible(directory)) {
            possible.remove(FaultKind.DISK_FULL);
            news.accept("skipped: disk-full (needs the right to mount a small file system)");
        }
        if (wanted.contains(FaultKind.CLOCK_JUMP)
                && FakeClock.in(directory.resolve("clock-test")).isEmpty()) {
            possible.remove(FaultKind.CLOCK_JUMP);
            news.accept("skipped: clock-jump (needs libfaketime; on Debian: apt-get install faketime)");
        }
        return possible;
    }
}
