package io.leasehold.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that lease tokens are signed with, kept beside the data: tokens stay good over a restart. */
public final class ClusterKey {
    private static final int BYTES = 32;

    private ClusterKey() {}

    /** The directory's key, made the first time, as the configuration wants it. */
    static String in(Path directory) throws IOException {
        Path file = directory.resolve("cluster.key");
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            Path draft = directory.resolve("cluster.key.draft");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, random(), StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    /** A new one. */
    public static String random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return "k1:" + Base64.getEncoder().encodeToString(secret);
    }
}
