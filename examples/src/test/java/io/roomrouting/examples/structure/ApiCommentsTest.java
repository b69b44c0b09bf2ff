package io.roomrouting.examples.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every public type of the published modules, and every public method that is not an override, has a comment. */
class ApiCommentsTest {

    private static final int FLOOR = 400;

    @Test
    void everythingPublicIsCommented() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(publishedSources());
            var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            var api = new PublicApi(DocTrees.instance(task));

            api.scan(task.parse(), null);

            assertThat(api.seen).isGreaterThan(FLOOR);
            assertThat(api.uncommented).isEmpty();
        }
    }

    private static List<Path> publishedSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (var modules = Files.newDirectoryStream(Repository.ROOT, "routing-*")) {
            for (Path module : modules) {
                sources.addAll(sourcesBelow(module.resolve("src/main/java")));
            }
        }
        return sources;
    }

    private static List<Path> sourcesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.getParent().endsWith("internal"))
                    .toList();
        }
    }

    private static final class PublicApi extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees comments;
        private final List<String> uncommented = new ArrayList<>();
        private int seen;

        PublicApi(DocTrees comments) {
            this.comments = comments;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            if (!isPublic(type.getModifiers())) {
                return null;
            }
            require(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            if (isPublic(method.getModifiers()) && method.getReturnType() != null && !isOverride(method)) {
                require(method.getName().toString());
            }
            return null;
        }

        private void require(String name) {
            seen++;
            if (comments.getDocComment(getCurrentPath()) == null) {
                CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
                uncommented.add(Path.of(unit.getSourceFile().toUri()).getFileName() + ": " + name);
            }
        }

        private boolean isPublic(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || (isInInterface() && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private boolean isInInterface() {
            return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
        }

        private static boolean isOverride(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
        }
    }
}
