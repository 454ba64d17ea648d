package dev.reckoner.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who sends what in the sample traffic: a fixed script, each round the same habits with other words. */
final class Cast {
    private static final int TURNS = 4;
    private static final String FAULT = "x-simulator-fault";
    private static final String MESSAGES = "/v1/messages";

    private final List<Call> calls = new ArrayList<>();

    private Cast() {}

    /** The calls of that many rounds, in the order in which they are sent. */
    static List<Call> calls(int rounds) {
        Cast cast = new Cast();
        for (int round = 0; round < rounds; round++) {
            cast.plays(round);
        }
        cast.meetsTrouble();
        return List.copyOf(cast.calls);
    }

    /** The calls of one round, with nothing that goes wrong. */
    static List<Call> round(int round) {
        Cast cast = new Cast();
        cast.plays(round);
        return List.copyOf(cast.calls);
    }

    /** What runs when nobody works. */
    static List<Call> jobs(int round) {
        Cast cast = new Cast();
        cast.automates(round);
        return List.copyOf(cast.calls);
    }

    private void plays(int round) {
        codes("ada", "platform", "atlas", "claude-opus-5-5", round);
        asks(round);
        codes("grace", "platform", "borealis", "claude-sonnet-5-5", round);
        researches(round);
        automates(round);
    }

    /** A coding session: attribution by base URL, session header, streams, a cache that grows by the turn. */
    private void codes(String user, String team, String project, String model, int round) {
        String session = new UUID(user.hashCode(), round).toString();
        String base = "/u/" + user + "/t/" + team + "/p/" + project;
        Map<String, String> headers = Map.of(
                "x-claude-code-session-id", session,
                "x-app", "cli",
                "user-agent", "claude-cli/2.1.86 (external, cli)");
        add(base + MESSAGES + "/count_tokens?beta=true", headers, Bodies.question(model, "How long is this?"));
        ObjectNode title = Bodies.question("claude-haiku-5-5", "A title for session " + session);
        add(base + MESSAGES + "?beta=true", headers, title);
        for (int turn = 0; turn < TURNS; turn++) {
            add(base + MESSAGES + "?beta=true", headers, Bodies.codingTurn(model, session, turn));
        }
    }

    /** Short questions from an app that names its user in the body. */
    private void asks(int round) {
        ObjectNode question = Bodies.question("claude-haiku-4-5", "Is invoice " + round + " paid?");
        question.putObject("metadata").put("user_id", "katherine");
        add(MESSAGES, Map.of(), question);
        ObjectNode urgent = Bodies.question("claude-opus-5-5", "And who has to sign invoice " + round + "?");
        urgent.put("speed", "fast").putObject("metadata").put("user_id", "katherine");
        add(MESSAGES, Map.of(), urgent);
    }

    /** Questions about one long document: attribution by headers, an hour's cache, data kept in the US, web search. */
    private void researches(int round) {
        Map<String, String> headers = Map.of(
                "x-reckoner-user", "margaret",
                "x-reckoner-team", "research",
                "x-reckoner-project", "annual-report",
                "x-reckoner-tag", "quarter=q4");
        for (int question = 0; question < 2; question++) {
            String text = "Round " + round + ", question " + question;
            add(
                    MESSAGES,
                    headers,
                    Bodies.aboutDocument("claude-fable-5-2", text).put("inference_geo", "us"));
        }
        add(MESSAGES, headers, Bodies.searching("claude-sonnet-5-5", "What do others report, round " + round + "?"));
    }

    /** A job that names a team but no person. */
    private void automates(int round) {
        Map<String, String> headers = Map.of("x-reckoner-team", "support");
        for (int ticket = 0; ticket < 3; ticket++) {
            ObjectNode body = Bodies.question("claude-haiku-5-5", "Sort ticket " + round + "-" + ticket);
            add(MESSAGES, headers, body.put("stream", ticket == 2));
        }
    }

    /** What goes wrong now and then, and how the books show it. */
    private void meetsTrouble() {
        Map<String, String> support = Map.of("x-reckoner-team", "support");
        add(MESSAGES, support, Bodies.question("claude-unlisted-1", "A model that no rate table has yet"));
        add(MESSAGES, faulty("katherine", "status=529"), Bodies.question("claude-opus-5-5", "Overloaded?"));
        add(MESSAGES, faulty("katherine", "status=429"), Bodies.question("claude-opus-5-5", "Too many?"));
        ObjectNode broken =
                Bodies.question("claude-sonnet-5-5", "Will this end?").put("stream", true);
        add(MESSAGES, faulty("grace", "error_event_after=4"), broken);
        ObjectNode left = Bodies.question("claude-opus-5-5", "A long story").put("stream", true);
        calls.add(new Call(MESSAGES, faulty("ada", "stall_after_events=6"), left.toString(), true));
    }

    private static Map<String, String> faulty(String user, String fault) {
        return Map.of("x-reckoner-user", user, FAULT, fault);
    }

    private void add(String path, Map<String, String> headers, ObjectNode body) {
        calls.add(new Call(path, headers, body.toString(), false));
    }
}
