package dev.reckoner.app.demo;

import java.util.List;

/** The addresses that a browser's tests open. */
final class ConsolePages {

    static final List<String> PATHS = List.of(
            "/",
            "/usage?last=30d",
            "/usage?last=1d&by=token_type",
            "/cost?last=30d&by=user",
            "/cost?last=1d&by=model",
            "/people",
            "/people?by=team",
            "/people?user=ada",
            "/rate-limits?last=7d",
            "/entries?last=7d",
            "/insights?last=30d",
            "/reconciliation",
            "/chargeback",
            "/limits",
            "/keys",
            "/rates",
            "/alerts",
            "/audit");

    private ConsolePages() {}
}
