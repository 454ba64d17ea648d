package dev.reckoner.app.demo;

import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenType;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the demo prints: the books as the commands show them, the proof that they add up, and where to look next. */
final class DemoReport {
    private final Shell shell;

    DemoReport(Shell shell) {
        this.shell = shell;
    }

    /** Runs real commands on the demo's books. */
    void books(OpenBooks books) {
        command(books, "usage", "--by", "user,model", "--last", "1d");
        command(books, "cost", "--by", "team,project", "--last", "1d");
    }

    void proof(Proof proof, List<StoredEntry> entries) {
        shell.out().println("Do the books add up? The simulator counts what it sends by code of its own.");
        shell.out().println();
        Table table = new Table(
                List.of(Column.text("Whole responses", 12), number("Simulator"), number("Ledger"), Column.text("", 5)));
        for (TokenType type : TokenType.values()) {
            long served = proof.simulator().getOrDefault(type, 0L);
            long held = proof.ledger().getOrDefault(type, 0L);
            table.row(
                    List.of(type.vendorName(), Numbers.count(served), Numbers.count(held), verdict(proof.equal(type))));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        shell.out().println();
        long served = proof.tokens(proof.simulator());
        long held = proof.tokens(proof.ledger());
        shell.out()
                .println("The simulator served " + Numbers.count(served) + " tokens, the ledger holds "
                        + Numbers.count(held) + ": " + verdict(served == held) + ".");
        boolean sameMoney = proof.bill().compareTo(proof.charge()) == 0;
        shell.out()
                .println("The simulator's own bill is $" + Numbers.exact(proof.bill()) + ", the ledger's charge $"
                        + Numbers.exact(proof.charge()) + ": " + verdict(sameMoney) + ".");
        shell.out()
                .println("Beside them: " + proof.cut() + " streams were cut before their final usage (input as stated,"
                        + System.lineSeparator() + "output estimated), and " + Proof.pending(entries)
                        + " exchange waits for a rate of its model.");
        shell.out().println();
    }

    void next(Path ledger, Demo demo, boolean temporary) {
        String books = " --ledger " + ledger;
        String since = shell.clock().instant().truncatedTo(ChronoUnit.DAYS).toString();
        shell.out().println("Look at it: " + demo.consoleUrl());
        shell.out().println();
        shell.out().println("Or in another terminal:");
        line("./reckoner cost --by user --last 1d" + books);
        line("./reckoner sessions" + books);
        line("./reckoner entries" + books);
        line("./reckoner explain " + explained(demo.entries()) + books);
        line("curl -s '" + demo.consoleUrl() + "/v1/organizations/usage_report/messages?starting_at=" + since
                + "&group_by[]=user_id'");
        line("ANTHROPIC_BASE_URL=" + demo.proxyUrl() + "/u/me ANTHROPIC_API_KEY=sk-ant-any claude");
        shell.out().println();
        shell.out().println("Ctrl-C ends the demo" + (temporary ? " and removes its ledger." : "; its ledger stays."));
        shell.out().flush();
    }

    private void command(OpenBooks books, String... words) {
        shell.out().println("$ ./reckoner " + String.join(" ", words));
        OpenBooks kept = books.unclosed();
        new CommandTree(shell, (settings, console) -> kept)
                .commandLine(List.of())
                .execute(words);
        shell.out().println();
    }

    private void line(String text) {
        shell.out().println("  " + text);
    }

    private static Column number(String title) {
        return new Column(title, true, 0, Integer.MAX_VALUE);
    }

    /** An entry whose charge has most to explain. */
    private static String explained(List<StoredEntry> entries) {
        StoredEntry richest = entries.get(0);
        for (StoredEntry entry : entries) {
            int lines = entry.entry().charge().lines().size();
            richest = lines > richest.entry().charge().lines().size() ? entry : richest;
        }
        String requestId = richest.entry().closing().requestId();
        return requestId == null ? richest.entry().id().toString() : requestId;
    }

    private static String verdict(boolean equal) {
        return equal ? "equal" : "DIFFERENT";
    }
}
