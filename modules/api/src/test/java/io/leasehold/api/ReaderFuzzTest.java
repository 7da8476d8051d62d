package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a reader answers with a value or with its own refusal. A failure prints the seed and the input. */
class ReaderFuzzTest {
    private static final int CASES = 80_000;
    private static final String[] TASKS = {
        "{\"id\":\"img-42\",\"queue\":\"images\",\"type\":\"resize\",\"priority\":5,\"deadline\":\"2030-01-31T08:00:00Z\","
                + "\"notBefore\":1700000000000,\"payload\":{\"url\":\"http://x/é\",\"w\":[1,2.5e3,null,true]},"
                + "\"maxAttempts\":8,\"leaseMs\":30000,\"backoff\":{\"initialMs\":10,\"multiplier\":1.5,\"maxMs\":99}}",
        "{\"delayMs\":86400000,\"payload\":\"text \\u00e9 \\\" \\\\\"}",
        "[{\"id\":\"a\",\"payload\":1},{\"priority\":-3,\"payload\":[[[]]]}]"
    };
    private static final String[] REQUESTS = {
        "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":5,\"waitMs\":1000,\"leaseMs\":5000,\"pollId\":\"p\"}",
        "{\"worker\":\"w\",\"leases\":[\"k.1.2.3\",\"k.1.2.4\"]}",
        "{\"worker\":\"w\",\"reports\":[{\"lease\":\"k.1\",\"outcome\":\"success\",\"result\":{\"a\":[1,\"é\"]}},"
                + "{\"lease\":\"k.2\",\"outcome\":\"failure\",\"error\":\"e\",\"retryable\":false,\"retryAfterMs\":5}]}",
        "{\"ids\":[\"a\"],\"limit\":5}"
    };
    private static final String[] BITS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\\u",
        "\\ud800",
        "null",
        "true",
        "1e999999999",
        "-",
        "0",
        ".",
        "E",
        "\u0000",
        "9".repeat(40),
        "9".repeat(1_100),
        "[".repeat(40),
        "{\"a\":".repeat(40),
        "\"id\":",
        "\"payload\":",
        "\"~\"",
        "\"2030-02-30T00:00:00Z\"",
        "\ufeff",
        "é",
        "  "
    };

    private final TaskReader reader = new TaskReader(5_000);

    @Test
    void noBytesMakeTheTaskReaderFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int valid = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] input = mutated(TASKS[i % TASKS.length], random);
            valid += readsTasks(input, seed) ? 1 : 0;
        }
        System.out.println("seed " + seed + ": " + valid + " of " + CASES + " mutated tasks still valid");
        assertThat(valid).isBetween(1, CASES - 1);
    }

    @Test
    void noBytesMakeTheRequestReaderFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int valid = 0;
        for (int i = 0; i < CASES / 4; i++) {
            byte[] input = mutated(REQUESTS[i % REQUESTS.length], random);
            valid += readsRequests(input, seed) ? 1 : 0;
        }
        System.out.println("seed " + seed + ": " + valid + " of " + CASES / 4 + " mutated requests still valid");
        assertThat(valid).isBetween(1, CASES / 4 - 1);
    }

    private boolean readsTasks(byte[] input, long seed) {
        boolean valid = false;
        try {
            if (TaskReader.isArray(input)) {
                valid = reader.readArray(input).stream().anyMatch(item -> item.task() != null);
            } else {
                valid = reader.readRecord(null, input) != null;
            }
        } catch (InvalidTask e) {
            assertThat(e.getMessage()).contains("(expected: ");
        } catch (RuntimeException | java.lang.Error e) {
            throw failure(seed, input, e);
        }
        return valid;
    }

    private static boolean readsRequests(byte[] input, long seed) {
        boolean valid = false;
        for (int kind = 0; kind < 4; kind++) {
            try {
                switch (kind) {
                    case 0 -> RequestReader.poll(input);
                    case 1 -> RequestReader.heartbeat(input);
                    case 2 -> RequestReader.report(input);
                    default -> RequestReader.redrive(input);
                }
                valid = true;
            } catch (InvalidRequest e) {
                assertThat(e.getMessage()).contains("(expected: ");
            } catch (RuntimeException | java.lang.Error e) {
                throw failure(seed, input, e);
            }
        }
        return valid;
    }

    private static AssertionError failure(long seed, byte[] input, Throwable e) {
        return new AssertionError(
                "seed " + seed + ", input (base64) " + Base64.getEncoder().encodeToString(input), e);
    }

    private static byte[] mutated(String from, Random random) {
        byte[] bytes = from.getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(4); n >= 0; n--) {
            bytes = mutatedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] mutatedOnce(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0:
                return Arrays.copyOf(bytes, at);
            case 1:
                byte[] flipped = bytes.clone();
                flipped[at] = (byte) random.nextInt(256);
                return flipped;
            case 2:
                return spliced(bytes, at, new byte[0], to);
            case 3:
                return spliced(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
            default:
                byte[] bit = BITS[random.nextInt(BITS.length)].getBytes(StandardCharsets.UTF_8);
                return spliced(bytes, at, bit, random.nextBoolean() ? at : to);
        }
    }

    private static byte[] spliced(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] result = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
        System.arraycopy(middle, 0, result, head, middle.length);
        System.arraycopy(bytes, tail, result, head + middle.length, bytes.length - tail);
        return result;
    }
}
