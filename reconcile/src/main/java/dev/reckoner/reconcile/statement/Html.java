package dev.reckoner.reconcile.statement;

import java.util.List;

/** A page under construction: text is escaped, nothing is loaded, nothing runs. */
final class Html {

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#d0d4da;--soft:#f4f5f7;--good:#1a7f37;--bad:#b42318}
            @media(prefers-color-scheme:dark){:root{--line:#3a3f47;--soft:#22262c;--good:#4ac26b;--bad:#ff8170}}
            body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
            .answer{font-size:1.1rem;margin:.5rem 0 0;font-weight:600}.good{color:var(--good)}.bad{color:var(--bad)}
            .wide{overflow-x:auto}table{border-collapse:collapse;min-width:100%}
            th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
            th{background:var(--soft);font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .sum td{font-weight:600}code{font-size:.85em;word-break:break-all}
            @media print{body{margin:0}tr{break-inside:avoid}h2{break-after:avoid}}
            """;

    private final StringBuilder out = new StringBuilder();

    Html(String title) {
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    Html answer(String text, boolean good) {
        out.append("<p class=\"answer ").append(good ? "good" : "bad").append("\">");
        out.append(escaped(text)).append("</p>\n");
        return this;
    }

    Html section(String heading) {
        out.append("<h2>").append(escaped(heading)).append("</h2>\n");
        return this;
    }

    Html paragraph(String text) {
        out.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    Html code(String label, String text) {
        out.append("<p>")
                .append(escaped(label))
                .append(" <code>")
                .append(escaped(text))
                .append("</code></p>\n");
        return this;
    }

    /**
     * A table.
     *
     * @param columns headings; one that begins with {@code #} holds numbers
     * @param sum whether the last row is the sum
     */
    Html table(List<String> columns, List<List<String>> rows, boolean sum) {
        out.append("<div class=\"wide\"><table>\n<thead><tr>");
        for (String column : columns) {
            cell("th", column, column.startsWith("#") ? column.substring(1) : column);
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < rows.size(); i++) {
            out.append(sum && i == rows.size() - 1 ? "<tr class=\"sum\">" : "<tr>");
            for (int j = 0; j < columns.size(); j++) {
                cell("td", columns.get(j), rows.get(i).get(j));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
        return this;
    }

    String page() {
        return out + "</body>\n</html>\n";
    }

    private void cell(String element, String column, String text) {
        out.append('<').append(element).append(column.startsWith("#") ? " class=\"n\">" : ">");
        out.append(escaped(text)).append("</").append(element).append('>');
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }
}
