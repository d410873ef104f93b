using Governance.Audit.Monitoring;

namespace Governance.Audit.Tests.Monitoring;

public sealed class MeasureWordsTests
{
    [Theory]
    [InlineData(1.0, "p = 1.000")]
    [InlineData(0.0424, "p = 0.042")]
    [InlineData(4.2e-16, "p < 0.001")]
    public void A_p_value_is_a_number_that_people_read(double p, string words) => Assert.Equal(words, MeasureWords.Probability(p));

    [Fact]
    public void Scores_and_decisions_are_said_by_words_and_columns_by_their_names() =>
        Assert.Equal(
            ["The score", "The decision", "income"],
            new[] { MonitorReference.ScoreColumn, MonitorReference.PredictionColumn, "income" }.Select(MeasureWords.Subject));
}
