package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.ClusterMap.Place;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapCorrectionIT extends ZooKeeperCase {

    @Test
    void forgedClaimIsWrittenOverOnceTheLogHasRefutedIt() throws Exception {
        Coordinator c1 = owner("c1", 3);
        forge("{\"owner\":\"ghost\",\"url\":\"http://ghost:1\",\"epoch\":999999}");
        eventually().until(() -> c1.place(0).epoch() == 999_999);

        c1.membership().corrects(0, 3, c1.place(0));

        eventually().until(() -> isOwner(c1.place(0), "c1", 3));
    }

    @Test
    void otherNameAtTheSameEpochIsWrittenOver() throws Exception {
        Coordinator c1 = owner("c1", 3);
        forge("{\"owner\":\"ghost\",\"url\":\"http://ghost:1\",\"epoch\":3}");
        eventually().until(() -> "ghost".equals(c1.place(0).owner()));

        c1.membership().corrects(0, 3, c1.place(0));

        eventually().until(() -> isOwner(c1.place(0), "c1", 3));
    }

    @Test
    void epochThatFellWithALossIsSaid() throws Exception {
        Coordinator c1 = owner("c1", 6);

        c1.membership().corrects(0, 5, c1.place(0));

        eventually().until(() -> isOwner(c1.place(0), "c1", 5));
        c1.membership().released(0, 5);
        eventually().until(() -> c1.place(0).owner() == null && c1.place(0).epoch() == 5);
    }

    @Test
    void claimThatCameAfterWhatWasRefutedStands() throws Exception {
        Coordinator c1 = owner("c1", 3);
        Coordinator c2 = join(options("c2"));
        forge("{\"owner\":\"ghost\",\"url\":\"http://ghost:1\",\"epoch\":7}");
        eventually().until(() -> c1.place(0).epoch() == 7);
        Place refuted = c1.place(0);
        c2.membership().owns(0, 8);
        eventually().until(() -> isOwner(c1.place(0), "c2", 8));

        c1.membership().corrects(0, 3, refuted);
        c1.membership().owns(1, 1);

        // Wishes are written in order: once the later one is there, the earlier one has had its turn.
        eventually().until(() -> c1.place(1).epoch() == 1);
        assertThat(isOwner(c1.place(0), "c2", 8)).isTrue();
    }

    @Test
    void nodeThatNobodyCanGoByIsWrittenOverByTheOwner() throws Exception {
        Coordinator c1 = owner("c1", 3);

        forge("?");

        eventually().until(() -> nodeSays("\"epoch\":3"));
        eventually().until(() -> isOwner(c1.place(0), "c1", 3));
    }

    @Test
    void otherAddressUnderTheOwnersNameIsWrittenOver() throws Exception {
        Coordinator c1 = owner("c1", 3);

        forge("{\"owner\":\"c1\",\"url\":\"http://ghost:1\",\"epoch\":3}");

        eventually().until(() -> nodeSays("http://127.0.0.1/c1"));
    }

    @Test
    void oddMemberStopsNeitherTheMapNorTheAssignment() throws Exception {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));
        for (String odd :
                new String[] {"null", "{}", "{\"url\":\"not a url\"}", "{\"id\":\"bad3\",\"url\":\"not a url\"}"}) {
            String path = "/leasehold/coordinators/bad" + odd.length() % 10;
            admin.create().orSetData().forPath(path, odd.getBytes(StandardCharsets.UTF_8));
        }

        c2.membership().close();

        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        assertThat(ids(c1.map())).containsExactly("c1");
    }

    private Coordinator owner(String id, long epoch) {
        Coordinator owner = join(options(id));
        owner.membership().owns(0, epoch);
        eventually().until(() -> isOwner(owner.place(0), id, epoch));
        return owner;
    }

    private static boolean isOwner(Place place, String id, long epoch) {
        return id.equals(place.owner()) && place.epoch() == epoch && ("http://127.0.0.1/" + id).equals(place.url());
    }

    private void forge(String content) throws Exception {
        admin.setData().forPath("/leasehold/owners/0", content.getBytes(StandardCharsets.UTF_8));
    }

    private boolean nodeSays(String text) throws Exception {
        return new String(admin.getData().forPath("/leasehold/owners/0"), StandardCharsets.UTF_8).contains(text);
    }
}
