package io.leasehold.server.http;

import io.leasehold.api.OpenApi;
import io.leasehold.server.http.Readiness.Check;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What machines ask: is it alive, is it ready, how is it doing. The status counts; the text is for people. */
final class ProbeRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final EdgeContext edge;
    private final Answers answers;
    private final Buffer description = Buffer.buffer(OpenApi.document());

    ProbeRoutes(Vertx vertx, EdgeContext edge, Answers answers) {
        this.vertx = vertx;
        this.edge = edge;
        this.answers = answers;
    }

    /** That this is answered at all is the proof. */
    void live(RoutingContext routing) {
        answer(routing, 200, TEXT, "ok\n");
    }

    void ready(RoutingContext routing) {
        List<Check> checks = edge.readiness().checks();
        StringBuilder text = new StringBuilder();
        for (Check check : checks) {
            text.append(check.holds() ? "[+] " : "[-] ").append(check.what());
            text.append(check.holds() ? "" : ": " + check.why()).append('\n');
        }
        boolean ready = checks.stream().allMatch(Check::holds);
        answer(routing, ready ? 200 : 503, TEXT, text.toString());
    }

    /** Off the event loop: with many queues this takes a while. */
    void metrics(RoutingContext routing) {
        vertx.executeBlocking(() -> edge.metrics().scrape(), false)
                .onSuccess(text -> answer(routing, 200, PROMETHEUS, text))
                .onFailure(routing::fail);
    }

    /** What this interface is. */
    void openApi(RoutingContext routing) {
        answer(routing, 200, "application/json", description);
    }

    private void answer(RoutingContext routing, int status, String type, String text) {
        answer(routing, status, type, Buffer.buffer(text));
    }

    private void answer(RoutingContext routing, int status, String type, Buffer body) {
        if (!routing.response().ended() && !routing.response().closed()) {
            routing.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
            answers.send(routing.request(), body);
        }
    }
}
