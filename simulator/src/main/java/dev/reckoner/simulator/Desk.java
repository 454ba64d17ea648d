package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.simulator.Fault.Kind;
import dev.reckoner.simulator.Reply.Piece;
import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.AdminDesk;
import dev.reckoner.simulator.admin.Billable;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Answers one request: route, checks, message, faults. Thread-safe; makes the whole reply before a byte leaves. */
final class Desk {
    private static final String JSON = "application/json";
    private static final int CACHEABLE_TOKENS_MIN = 256;
    private static final String STANDARD_TIER = "standard";
    private static final int RETRY_AFTER_SECONDS = 1;
    static final String ORGANIZATION = "0f3f7c1e-5d0a-4d5e-9c64-2b8a3f6f7d11";
    static final String WORKSPACE = "wrkspc_01SimulatorDefaultSpace00";
    static final String LOGIN_PREFIX = "sk-ant-oat01-";
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final SimulatorOptions options;
    private final Admin admin;
    private final Catalogue catalogue = new Catalogue();
    private final Ids ids;
    private final PromptMeter meter;
    private final RateLimits limits;
    private final BatchDesk batches;
    private final FaultSource faults;

    Desk(SimulatorOptions options, Admin admin, FaultSource faults) {
        this.options = options;
        this.admin = admin;
        this.faults = faults;
        ids = new Ids(options.seed);
        meter = new PromptMeter(new PromptCache(options.clock), CACHEABLE_TOKENS_MIN);
        limits = new RateLimits(options.clock);
        batches = new BatchDesk(options, catalogue, meter, ids);
    }

    List<Billable> batchBillables() {
        return batches.billables(admin);
    }

    List<ItemReceipt> batchItems() {
        return batches.receipts();
    }

    Reply answer(Ask ask) {
        Reply reply = checked(ask);
        HttpHeaders headers = reply.headers();
        headers.set("date", HTTP_DATE.format(ZonedDateTime.ofInstant(options.clock.instant(), ZoneOffset.UTC)));
        headers.set("request-id", ask.requestId());
        headers.set("anthropic-organization-id", ORGANIZATION);
        if (!ask.path().startsWith(AdminDesk.PREFIX)) {
            headers.set("anthropic-workspace-id", workspace(ask));
        }
        headers.set("strict-transport-security", "max-age=31536000; includeSubDomains; preload");
        headers.set("server", "reckoner-simulator");
        headers.set("x-robots-tag", "none");
        headers.set("cf-cache-status", "DYNAMIC");
        return reply;
    }

    /** The workspace of the key that was used. */
    String workspace(Ask ask) {
        String credential = ask.credential();
        return credential == null ? WORKSPACE : admin.workspaceOf(credential);
    }

    private Reply checked(Ask ask) {
        Fault fault = Fault.NONE;
        try {
            fault = fault(ask);
            if (fault.has(Kind.HTML_ERROR)) {
                byte[] page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
                return Reply.plain(502, "text/html", page, fault);
            }
            if (fault.has(Kind.STATUS)) {
                throw Problem.ofStatus((int) fault.number(Kind.STATUS));
            }
            return route(ask, fault);
        } catch (Problem problem) {
            Reply reply = Reply.plain(problem.status, JSON, problem.body(ask.requestId()), fault);
            if (problem.status == 429) {
                reply.headers().set("retry-after", RETRY_AFTER_SECONDS);
                limits.state(reply.headers(), Counts.ZERO);
            }
            if (problem.status == 529) {
                reply.headers().set("x-should-retry", "true");
            }
            return reply;
        }
    }

    private Fault fault(Ask ask) {
        String asked = ask.headers().get(Fault.HEADER);
        if (asked == null) {
            return faults.choose(ask.ordinal(), ask.path());
        }
        try {
            return Fault.parse(asked);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(Fault.HEADER + ": " + e.getMessage());
        }
    }

    private Reply route(Ask ask, Fault fault) {
        String call = ask.method() + " " + ask.path();
        switch (call) {
            case "HEAD /", "HEAD /api/hello" -> {
                return Reply.plain(200, JSON, new byte[0], fault);
            }
            case "POST /v1/messages" -> {
                return message(ask, fault);
            }
            case "POST /v1/messages/count_tokens" -> {
                return count(ask, fault);
            }
            default -> {
                if (call.startsWith("GET /v1/models")) {
                    return models(ask, fault);
                }
                if (ask.path().startsWith(AdminDesk.PREFIX)) {
                    return Reply.plain(200, JSON, report(ask), fault);
                }
                if (ask.path().equals(BatchDesk.PATH) || ask.path().startsWith(BatchDesk.PATH + "/")) {
                    authenticate(ask);
                    ask.version();
                    return batches.answer(ask, fault);
                }
                throw Problem.notFound("Not found");
            }
        }
    }

    private byte[] report(Ask ask) {
        String call = ask.method() + " " + ask.path();
        String version = ask.headers().get("anthropic-version");
        return admin.desk().answer(call, ask.query(), ask.credential(), version, ask.betas());
    }

    private Reply models(Ask ask, Fault fault) {
        authenticate(ask);
        String rest = ask.path().substring("/v1/models".length());
        if (rest.startsWith("/")) {
            Model model = catalogue
                    .find(rest.substring(1))
                    .orElseThrow(() -> Problem.notFound("model: " + rest.substring(1)));
            return Reply.plain(200, JSON, bytes(listed(model)), fault);
        }
        if (!rest.isEmpty()) {
            throw Problem.notFound("Not found");
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        catalogue.models().forEach(model -> page.withArray("data").add(listed(model)));
        page.put("has_more", false);
        page.put("first_id", catalogue.models().get(0).id());
        page.put(
                "last_id", catalogue.models().get(catalogue.models().size() - 1).id());
        return Reply.plain(200, JSON, bytes(page), fault);
    }

    private static ObjectNode listed(Model model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "model")
                .put("id", model.id())
                .put("display_name", model.id().replace('-', ' '))
                .put("created_at", "2026-01-01T00:00:00Z");
    }

    private Reply count(Ask ask, Fault fault) {
        MessageRequest request = request(ask, true);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("input_tokens", meter.count(request));
        Reply reply = Reply.plain(200, JSON, bytes(body), fault);
        limits.state(reply.headers(), Counts.ZERO);
        return reply;
    }

    private Reply message(Ask ask, Fault fault) {
        MessageRequest request = request(ask, false);
        SplittableRandom random = random(ask);
        Counts prompt = meter.meter(request);
        Message message = new Composer(request, random, options.outputTokensMax, STANDARD_TIER)
                .compose(ids.message(ask.ordinal()), prompt);
        Script script = new Script(message, random);
        boolean sized = !request.stream() && (random.nextBoolean() || !ask.chunks());
        List<Piece> pieces =
                request.stream() ? paced(faulty(script.events(), fault), random) : split(script.json(), message.end());
        HttpHeaders headers = Reply.headers(request.stream() ? "text/event-stream; charset=utf-8" : JSON);
        headers.set("cache-control", "no-cache");
        headers.set("x-envoy-upstream-service-time", 200 + random.nextInt(2000));
        limits.state(headers, message.end());
        Duration pause = fault.has(Kind.DELAY_MS) ? Duration.ofMillis(fault.number(Kind.DELAY_MS)) : options.thinkTime;
        return new Reply(200, headers, pieces, sized, request.stream(), message, fault, pause);
    }

    private MessageRequest request(Ask ask, boolean counting) {
        authenticate(ask);
        String version = ask.version();
        if (ask.body().length > options.requestBytesMax) {
            throw new Problem(413, "request_too_large", "Request exceeds the maximum size");
        }
        byte[] body = BodyDecoder.decode(ask, options.requestBytesMax);
        return MessageRequest.parse(body, catalogue, version, counting);
    }

    private void authenticate(Ask ask) {
        String credential = ask.credential();
        if (credential == null) {
            throw new Problem(401, "authentication_error", "x-api-key header is required");
        }
        boolean known = options.keys.isEmpty() ? credential.startsWith("sk-ant-") : options.keys.contains(credential);
        if (!known) {
            throw new Problem(401, "authentication_error", "invalid x-api-key");
        }
    }

    /** Everything of a message but its id follows from the seed and the request's body. */
    private SplittableRandom random(Ask ask) {
        CRC32C sum = new CRC32C();
        sum.update(ask.body(), 0, ask.body().length);
        return new SplittableRandom(options.seed * 43 + sum.getValue());
    }

    private static List<Event> faulty(List<Event> events, Fault fault) {
        if (fault.has(Kind.ERROR_EVENT_AFTER)) {
            int kept = (int) Math.min(fault.number(Kind.ERROR_EVENT_AFTER), events.size() - 1L);
            List<Event> cut = new ArrayList<>(events.subList(0, kept));
            cut.add(Event.plain(Problem.ofStatus(529).json()));
            return cut;
        }
        return fault.has(Kind.NO_STOP) ? events.subList(0, events.size() - 1) : events;
    }

    private List<Piece> paced(List<Event> events, SplittableRandom random) {
        List<Piece> pieces = new ArrayList<>();
        for (Event event : events) {
            long mean = options.eventPause.toNanos();
            Duration pause =
                    mean == 0 || pieces.isEmpty() ? Duration.ZERO : Duration.ofNanos(mean / 2 + random.nextLong(mean));
            pieces.add(new Piece(event.bytes(), event.stated(), event.last(), pause));
        }
        return pieces;
    }

    /** A JSON body in two pieces: its final usage has been stated when all but the closing brace has left. */
    private static List<Piece> split(byte[] json, Counts counts) {
        int brace = json.length - 1;
        return List.of(
                new Piece(Arrays.copyOf(json, brace), counts, true, Duration.ZERO),
                Piece.of(Arrays.copyOfRange(json, brace, json.length)));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
