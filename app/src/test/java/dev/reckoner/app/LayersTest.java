package dev.reckoner.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The layers of ARCHITECTURE.md, checked on the compiled classes of every module. */
final class LayersTest {

    private static final Set<String> BINARY_FLOATING_POINT =
            Set.of("double", "float", Double.class.getName(), Float.class.getName());

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.reckoner");

    @Test
    void classes_ofTheModules_areSeen() {
        assertFalse(CLASSES.isEmpty());
    }

    @Test
    void jdbc_outsideStoreAndReport_isNotUsed() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.reckoner.ledger.store..", "dev.reckoner.ledger.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb..", "org.h2..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void netty_inConfigLedgerAndReconcile_isNotUsed() {
        forbid("dev.reckoner.config..", "io.netty..");
        forbid("dev.reckoner.ledger..", "io.netty..");
        forbid("dev.reckoner.reconcile..", "io.netty..");
    }

    @Test
    void modules_besideEachOther_doNotKnowEachOther() {
        forbid("dev.reckoner.proxy..", "dev.reckoner.console..", "dev.reckoner.app..", "dev.reckoner.simulator..");
        forbid("dev.reckoner.console..", "dev.reckoner.proxy..", "dev.reckoner.app..", "dev.reckoner.simulator..");
        forbid(
                "dev.reckoner.reconcile..",
                "dev.reckoner.proxy..",
                "dev.reckoner.console..",
                "dev.reckoner.app..",
                "dev.reckoner.simulator..");
        forbid("dev.reckoner.proxy..", "dev.reckoner.reconcile..");
        forbid("dev.reckoner.console..", "dev.reckoner.reconcile..");
        forbid(
                "dev.reckoner.ledger..",
                "dev.reckoner.reconcile..",
                "dev.reckoner.proxy..",
                "dev.reckoner.console..",
                "dev.reckoner.app..",
                "dev.reckoner.simulator..");
        forbid(
                "dev.reckoner.simulator..",
                "dev.reckoner.config..",
                "dev.reckoner.ledger..",
                "dev.reckoner.proxy..",
                "dev.reckoner.console..",
                "dev.reckoner.app..");
    }

    @Test
    void money_inLedgerAndReconcile_isNeverBinaryFloatingPoint() {
        List<String> found = CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith("dev.reckoner.ledger")
                        || type.getPackageName().startsWith("dev.reckoner.reconcile"))
                .flatMap(type -> Stream.concat(
                        type.getFields().stream()
                                .filter(field -> binaryFloatingPoint(field.getRawType()))
                                .map(JavaField::getFullName),
                        type.getCodeUnits().stream()
                                .filter(LayersTest::mentionsBinaryFloatingPoint)
                                .map(JavaCodeUnit::getFullName)))
                .sorted()
                .toList();
        assertEquals(List.of(), found);
    }

    @Test
    void packages_ofEveryModule_areNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        Set<String> marked = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            unmarked.add(type.getPackageName());
            if (type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class)) {
                marked.add(type.getPackageName());
            }
        }
        unmarked.removeAll(marked);
        assertEquals(Set.of(), unmarked);
    }

    private static boolean mentionsBinaryFloatingPoint(JavaCodeUnit unit) {
        return binaryFloatingPoint(unit.getRawReturnType())
                || unit.getRawParameterTypes().stream().anyMatch(LayersTest::binaryFloatingPoint);
    }

    private static boolean binaryFloatingPoint(JavaClass type) {
        return BINARY_FLOATING_POINT.contains(type.getBaseComponentType().getName());
    }

    private static void forbid(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
