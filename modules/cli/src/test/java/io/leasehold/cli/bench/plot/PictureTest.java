package io.leasehold.cli.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {
    @Test
    void pointsGoFromLeftToRightAndHigherFiguresLieHigher() throws Exception {
        List<Point> points = List.of(new Point(100, 30, 20, 40), new Point(1, 10, 10, 10), new Point(10, 20, 15, 22));
        Document svg = parsed(new Picture("a < b & c", "shards", "tasks/s", true, points).svg());

        var circles = svg.getElementsByTagName("circle");
        assertThat(circles.getLength()).isEqualTo(3);
        for (int i = 1; i < 3; i++) {
            assertThat(number(circles.item(i), "cx")).isGreaterThan(number(circles.item(i - 1), "cx"));
            assertThat(number(circles.item(i), "cy")).isLessThan(number(circles.item(i - 1), "cy"));
        }
        double step = number(circles.item(1), "cx") - number(circles.item(0), "cx");
        assertThat(number(circles.item(2), "cx") - number(circles.item(1), "cx"))
                .isCloseTo(step, org.assertj.core.data.Offset.offset(0.2));
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a < b & c");
    }

    @Test
    void documentsOfOnePlaceAreOnePoint() {
        Point together = Point.together(
                List.of(new Point(10, 33, 33, 33), new Point(10, 39, 39, 39), new Point(10, 36, 36, 36)));

        assertThat(together).isEqualTo(new Point(10, 36, 33, 39));
    }

    @Test
    void onePointAndNothingButZeroIsAPictureToo() throws Exception {
        Document svg = parsed(new Picture("t", "x", "y", false, List.of(new Point(0, 0, 0, 0))).svg());

        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(1);
    }

    private static double number(org.w3c.dom.Node node, String attribute) {
        return Double.parseDouble(node.getAttributes().getNamedItem(attribute).getNodeValue());
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
