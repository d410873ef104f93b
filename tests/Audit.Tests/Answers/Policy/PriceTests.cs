using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Tests.Answers.Policy;

public sealed class PriceTests
{
    // The prices of the security brief, section 7.2.
    [Theory]
    [InlineData(QueryKind.Predict, PredictionForm.LabelOnly, AttributionForm.Full, 1)]
    [InlineData(QueryKind.Predict, PredictionForm.OneDecimal, AttributionForm.None, 2)]
    [InlineData(QueryKind.Predict, PredictionForm.Full, AttributionForm.None, 2)]
    [InlineData(QueryKind.WhatIf, PredictionForm.TopK, AttributionForm.None, 2)]
    [InlineData(QueryKind.Explain, PredictionForm.Full, AttributionForm.Full, 25)]
    [InlineData(QueryKind.Explain, PredictionForm.LabelOnly, AttributionForm.Bucketed, 5)]
    [InlineData(QueryKind.Explain, PredictionForm.LabelOnly, AttributionForm.TopThreeSigns, 5)]
    [InlineData(QueryKind.Explain, PredictionForm.Full, AttributionForm.None, 0)]
    [InlineData(QueryKind.Counterfactual, PredictionForm.LabelOnly, AttributionForm.None, 25)]
    public void Prices_are_those_of_the_brief(QueryKind kind, PredictionForm prediction, AttributionForm attribution, int units) =>
        Assert.Equal(units, Price.Of(kind, new OutputPolicy(prediction, attribution, CounterfactualForm.Prototype)));

    [Fact]
    public void Only_a_decision_alone_discloses_nothing()
    {
        Assert.False(Price.Discloses(QueryKind.Predict, OutputPolicy.LabelsAlone));
        Assert.False(Price.Discloses(QueryKind.WhatIf, OutputPolicy.LabelsAlone));
        Assert.True(Price.Discloses(QueryKind.Predict, OutputPolicy.Off));
        Assert.True(Price.Discloses(QueryKind.Explain, OutputPolicy.LabelsAlone));
    }
}
