package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.InboxPositions;
import io.leasehold.log.TopicHealth.InboxEnd;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of Kafka and of other coordinators, in which order, before an unknown id may be called unknown. */
class InboxSurveyTest {
    private final List<CompletableFuture<List<InboxEnd>>> asked = new CopyOnWriteArrayList<>();
    private final List<Collection<Integer>> positionsAsked = new CopyOnWriteArrayList<>();
    private final Map<Integer, Long> passed = new ConcurrentHashMap<>();
    private final InboxTape tape = new InboxTape();
    private final InboxSurvey survey = new InboxSurvey(this::ends, () -> 2, this::positions);

    @AfterEach
    void close() {
        survey.close();
    }

    private CompletionStage<List<InboxEnd>> ends() {
        CompletableFuture<List<InboxEnd>> ends = new CompletableFuture<>();
        asked.add(ends);
        return ends;
    }

    private void positions(Collection<Integer> shards, InboxPositions.Listener listener) {
        positionsAsked.add(List.copyOf(shards));
        shards.stream().filter(passed::containsKey).forEach(shard -> listener.onPassed(shard, passed.get(shard)));
    }

    private void ask(int shard, long ticket) {
        survey.ask(new InboxSurvey.Question(shard, ticket, tape, () -> true));
    }

    private void answer(int question, InboxEnd... ends) {
        await().until(() -> asked.size() > question);
        asked.get(question).complete(List.of(ends));
    }

    private static InboxEnd at(long end) {
        return new InboxEnd(end, end);
    }

    @Test
    void endOfTheHomeIsAskedAfterTheOthersArePassedSinceACopyMayHaveComeMeanwhile() {
        passed.put(0, 5L);
        passed.put(1, 2L);
        ask(0, 1);
        answer(0, at(5), at(3));
        await().until(() -> positionsAsked.contains(List.of(1)));
        assertThat(asked).hasSize(1);

        passed.put(1, 3L);
        answer(1, at(6), at(3));

        await().until(() -> tape.endsByTicket.equals(Map.of(1L, 6L)));
    }

    @Test
    void whoComesWhileAQuestionIsUnderWayIsAskedForInTheNext() {
        ask(0, 1);
        await().until(() -> asked.size() == 1);
        ask(0, 2);
        answer(0, at(0), at(0));
        answer(1, at(0), at(7));

        await().until(() -> tape.endsByTicket.equals(Map.of(1L, 0L)));
        await().until(() -> positionsAsked.contains(List.of(1)));
        passed.put(1, 7L);
        answer(2, at(0), at(7));
        await().until(() -> tape.endsByTicket.equals(Map.of(1L, 0L, 2L, 0L)));
    }

    @Test
    void openTransactionInAnyInboxMakesItUnsureAtOnce() {
        ask(0, 1);
        answer(0, at(5), new InboxEnd(3, 4));

        await().until(() -> tape.unsure.equals(List.of(1L)));
        assertThat(positionsAsked).isEmpty();
    }

    @Test
    void growthThatThisProcessHasNotHeardOfMakesItUnsureThoughTheNewInboxesAreEmpty() {
        ask(0, 1);
        answer(0, at(0), at(0), at(0));

        await().until(() -> tape.unsure.equals(List.of(1L)));
    }

    @Test
    void openTransactionBehindWhichACopyMayLieMakesItUnsure() {
        ask(0, 1);
        answer(0, at(0), at(0));
        answer(1, new InboxEnd(0, 2), at(0));

        await().until(() -> tape.unsure.equals(List.of(1L)));
    }

    @Test
    void inboxThatNobodySaysIsPassedMakesItUnsureInTime() {
        ask(0, 1);
        answer(0, at(0), at(1));

        await().atMost(20, TimeUnit.SECONDS).until(() -> tape.unsure.equals(List.of(1L)));
        assertThat(asked).hasSize(1);
    }

    @Test
    void kafkaThatDoesNotSayMakesItUnsure() {
        ask(0, 1);
        await().until(() -> asked.size() == 1);
        asked.get(0).completeExceptionally(new IllegalStateException("no leader"));

        await().until(() -> tape.unsure.equals(List.of(1L)));
        ask(0, 2);
        answer(1, at(0), at(0));
        answer(2, at(0), at(0));
        await().until(() -> tape.endsByTicket.equals(Map.of(2L, 0L)));
    }

    @Test
    void floodOfQuestionsIsOneQuestionToKafkaAnd10MsAndNoneToPeersThatAreFarEnough() {
        passed.put(0, 10L);
        passed.put(1, 10L);
        InboxSurvey flooded = new InboxSurvey(
                () -> {
                    asked.add(new CompletableFuture<>());
                    return CompletableFuture.completedFuture(List.of(at(10), at(10)));
                },
                () -> 2,
                this::positions);
        long before = System.nanoTime();
        for (long ticket = 0; ticket < 20_000; ticket++) {
            flooded.ask(new InboxSurvey.Question((int) ticket % 2, ticket, tape, () -> true));
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> tape.endsByTicket.size() == 20_000);
        long beats = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before) / InboxSurvey.BEAT_MS;
        assertThat(asked).hasSizeLessThanOrEqualTo((int) beats + 2);

        positionsAsked.clear();
        flooded.ask(new InboxSurvey.Question(0, 20_000, tape, () -> true));
        await().until(() -> tape.endsByTicket.size() == 20_001);
        flooded.close();
        assertThat(positionsAsked).isEmpty();
    }

    @Test
    void whoComesWhileManyWaitForPositionsIsAskedForLater() {
        InboxSurvey stuck = new InboxSurvey(
                () -> {
                    asked.add(new CompletableFuture<>());
                    return CompletableFuture.completedFuture(List.of(at(0), at(9)));
                },
                () -> 2,
                this::positions,
                Duration.ofMinutes(10));
        for (int ticket = 0; ticket < 25; ticket++) {
            int beats = positionsAsked.size();
            stuck.ask(new InboxSurvey.Question(0, ticket, tape, () -> true));
            await().pollInterval(Duration.ofMillis(5)).until(() -> positionsAsked.size() > beats + 3);
        }
        assertThat(asked).hasSize(20);

        passed.put(1, 9L);
        await().until(() -> tape.endsByTicket.size() == 25);
        stuck.close();
    }

    @Test
    void closedInboxHearsNothing() {
        survey.ask(new InboxSurvey.Question(0, 1, tape, () -> false));
        answer(0, at(0), at(0));
        answer(1, at(0), at(0));
        ask(0, 2);
        answer(2, at(0), at(0));
        answer(3, at(0), at(0));
        await().until(() -> tape.endsByTicket.size() == 1);
        assertThat(Stream.concat(tape.unsure.stream(), tape.endsByTicket.keySet().stream()))
                .containsExactly(2L);
    }
}
