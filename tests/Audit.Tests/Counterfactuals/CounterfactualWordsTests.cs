using System.Globalization;
using Governance.Audit.Counterfactuals;

namespace Governance.Audit.Tests.Counterfactuals;

public sealed class CounterfactualWordsTests
{
    [Theory]
    [InlineData(3.2, 3.3, "3.2", "3.3")]
    [InlineData(3.2, 3.20000004, "3.2", "3.20000004")]
    [InlineData(-1.5, 2.0, "−1.5", "2")]
    public void Numbers_that_differ_read_differently(double from, double to, string fromText, string toText) =>
        Assert.Equal((fromText, toText), CounterfactualWords.Texts(new CellChange("x", from, to, 1)));

    [Fact]
    public void The_next_number_of_all_reads_differently_too()
    {
        (string from, string to) = CounterfactualWords.Texts(new CellChange("x", 0.1, Math.BitIncrement(0.1), 1));

        Assert.NotEqual(from, to);
        Assert.Equal(Math.BitIncrement(0.1), double.Parse(to, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Levels_and_missing_cells_are_named() =>
        Assert.Equal(("missing", "'smith'"), CounterfactualWords.Texts(new CellChange("job", null, "smith", 1)));
}
