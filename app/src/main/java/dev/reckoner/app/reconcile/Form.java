package dev.reckoner.app.reconcile;

/** How rows are written; spelled as on the command line. */
enum Form {
    table,
    json,
    csv
}
