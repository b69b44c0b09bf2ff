package io.roomrouting.examples.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the build files say twice, or say beside the documentation, agrees. */
class BuildFilesTest {

    private static final Pattern ARTIFACT_ROW = Pattern.compile("\\| `[\\w.]+:(?<artifact>[\\w.-]+)`");

    @Test
    void theBillOfMaterialsNamesEveryPublishedModuleAndNothingElse() throws Exception {
        List<String> published = texts(pom("."), "/project/modules/module").stream()
                .filter(name -> name.startsWith("routing-") && !name.equals("routing-bom"))
                .toList();

        assertThat(published).contains("routing-core");
        assertThat(texts(pom("routing-bom"), "//dependencyManagement//artifactId"))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void theBillOfMaterialsHasTheVersionOfTheReactor() throws Exception {
        assertThat(texts(pom("routing-bom"), "/project/version"))
                .hasSize(1)
                .isEqualTo(texts(pom("."), "/project/version"));
    }

    @Test
    void theBillOfMaterialsUsesTheReactorsPlugIns() throws Exception {
        List<String> own = texts(pom("routing-bom"), "//pluginManagement/plugins/plugin");

        assertThat(own).isNotEmpty();
        assertThat(texts(pom("."), "//pluginManagement/plugins/plugin")).containsAll(own);
    }

    @Test
    void theNotesOnDependenciesNameEveryPinnedVersion() throws Exception {
        List<String> versions =
                texts(pom("."), "//properties/*[contains(local-name(), '.version')] | //pluginManagement//version");

        assertThat(versions).hasSizeGreaterThan(30);
        assertThat(Files.readString(Repository.ROOT.resolve("docs/dependencies.md")))
                .contains(versions);
    }

    @Test
    void theNotesOnDependenciesNameNothingThatIsNotUsed() throws Exception {
        List<String> named = Files.readAllLines(Repository.ROOT.resolve("docs/dependencies.md")).stream()
                .map(ARTIFACT_ROW::matcher)
                .filter(Matcher::lookingAt)
                .map(row -> row.group("artifact"))
                .toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(usedArtifacts()).containsAll(named);
    }

    private static List<String> usedArtifacts() throws Exception {
        List<String> artifacts = new ArrayList<>();
        for (String module : texts(pom("."), "/project/modules/module")) {
            artifacts.addAll(texts(pom(module), "/project/dependencies/dependency/artifactId"));
            artifacts.addAll(texts(pom(module), "//artifactItem/artifactId"));
        }
        artifacts.addAll(texts(pom("."), "//dependency/artifactId"));
        return artifacts;
    }

    private static Document pom(String module) throws Exception {
        Path file = Repository.ROOT.resolve(module).resolve("pom.xml");
        try (var in = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in);
        }
    }

    private static List<String> texts(Document pom, String xpath) throws XPathExpressionException {
        NodeList nodes =
                (NodeList) XPathFactory.newDefaultInstance().newXPath().evaluate(xpath, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        IntStream.range(0, nodes.getLength())
                .forEach(i -> texts.add(nodes.item(i).getTextContent().strip()));
        return texts;
    }
}
