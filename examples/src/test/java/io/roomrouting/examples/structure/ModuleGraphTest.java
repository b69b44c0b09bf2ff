package io.roomrouting.examples.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The published modules work as Java modules, which the other tests, run on the class path, would not show. */
class ModuleGraphTest {

    /** They have no descriptor, but their manifests fix the names of their modules. */
    private static final Set<String> NAMED_BY_THEIR_MANIFESTS = Set.of("redis.clients.jedis", "micrometer.core");

    private static final ModuleFinder FINDER =
            ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toArray(Path[]::new));

    @Test
    void theModuleSystemResolvesThemTogether() {
        List<String> names = LibraryModule.ALL.stream().map(LibraryModule::name).toList();

        Configuration graph = ModuleLayer.boot().configuration().resolveAndBind(FINDER, ModuleFinder.of(), names);
        ModuleLayer layer =
                ModuleLayer.boot().defineModulesWithOneLoader(graph, getClass().getClassLoader());

        assertThat(layer.modules()).extracting(Module::getName).containsAll(names);
    }

    @ParameterizedTest
    @FieldSource("io.roomrouting.examples.structure.LibraryModule#ALL")
    void aModuleExportsEveryPackageButItsInternals(LibraryModule module) throws IOException {
        ModuleReference reference = FINDER.find(module.name()).orElseThrow();
        ModuleDescriptor descriptor = reference.descriptor();

        Set<String> exported = descriptor.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());

        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(exported)
                .containsExactlyInAnyOrderElementsOf(packagesOfClasses(reference).stream()
                        .filter(name -> !name.contains(".internal"))
                        .toList());
    }

    /** Without those that hold only other files, which nobody imports. */
    private static Set<String> packagesOfClasses(ModuleReference module) throws IOException {
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            return files.filter(file -> file.endsWith(".class") && file.contains("/"))
                    .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @FieldSource("io.roomrouting.examples.structure.LibraryModule#ALL")
    void aModuleRequiresNoAutomaticModule(LibraryModule module) {
        ModuleDescriptor descriptor = FINDER.find(module.name()).orElseThrow().descriptor();

        assertThat(descriptor.requires().stream().map(ModuleDescriptor.Requires::name))
                .filteredOn(name -> !NAMED_BY_THEIR_MANIFESTS.contains(name))
                .noneMatch(name -> FINDER.find(name)
                        .map(found -> found.descriptor().isAutomatic())
                        .orElse(false));
    }
}
