using Governance.Audit.Robustness;

namespace Governance.Audit.Tests.Robustness;

public sealed class EveryModelTests
{
    [SkippableTheory]
    [InlineData("hmda_gbt", "hmda", "deny", "noise,missing,quantise,denoise,range")]
    [InlineData("hmda_pipeline", "hmda", "deny", "noise,missing,quantise,denoise,range,unseen")]
    [InlineData("hmda_extracted_copy", "hmda", "deny", "noise,missing,quantise,denoise,range")]
    [InlineData("german_credit_logreg", "german_credit", "credit_risk", "noise,missing,quantise,denoise,range,unseen")]
    [InlineData("german_credit_mlp", "german_credit", "credit_risk", "noise,missing,quantise,denoise,range,unseen")]
    [InlineData("german_credit_pipeline", "german_credit", "credit_risk", "noise,missing,quantise,denoise,range,unseen")]
    [InlineData("adult_gbt", "adult", "income", "noise,missing,quantise,denoise,range,unseen")]
    [InlineData("attrition_income_rf", "attrition", "monthly_income", "noise,missing,quantise,denoise,range")]
    [InlineData("digits_rf", "digits", "digit", "noise,missing,quantise,denoise,range")]
    [InlineData("digits_cnn", "digits", "digit", "noise,missing,quantise,denoise,range,shift,rotate,brightness")]
    [InlineData("digits_lstm", "digits", "digit", "noise,missing,quantise,denoise,range,shift,rotate,brightness")]
    [InlineData("digits_transformer", "digits", "digit", "noise,missing,quantise,denoise,range,shift,rotate,brightness")]
    [InlineData("tokens_transformer", "synthetic_tokens", "label", "noise,token-drop")]
    public void Every_model_is_disturbed_in_every_way_that_fits(string model, string data, string label, string fitting)
    {
        using Loaded given = Loaded.Reference(model, data, label, 40);

        RobustnessReport report = MeasureRobustness.Run(given.Request with { Repeats = 1, Resamples = 20, MostColumns = 20 }, null, default);

        Assert.Equal(fitting.Split(','), report.Curves.Where(curve => curve.Refusal is null).Select(curve => curve.Test).Distinct());
        Assert.All(report.Curves.SelectMany(curve => curve.Points), point => Assert.Null(point.Refusal));
        Assert.All(report.Baseline, metric => Assert.True(double.IsFinite(metric.Value)));
        Assert.Contains(report.Curves.SelectMany(curve => curve.Points), point => point.ScoreShift > 0);
    }

    [Fact]
    public void Committed_pictures_flip_more_the_further_they_are_turned()
    {
        using Loaded given = Loaded.Reference("digits_cnn", "digits", "digit", 120, committed: true);

        RobustnessReport report = given.Run("rotate", "shift", "denoise");

        IReadOnlyList<RobustnessPoint> turned = report.Curves.Single(curve => curve.Test == "rotate").Points;
        Assert.InRange(turned[0].FlipRate, 0, 0.05);
        Assert.InRange(turned[^1].FlipRate, 0.2, 0.7);
        Assert.Equal(2, report.Curves.Count(curve => curve.Test == "denoise"));
        Assert.Equal(["The input 'input' is taken as a picture of 8 × 8."], report.Notes);
        Assert.True(report.Curves.Single(curve => curve.Test == "shift").Points[^1].Metrics[0].Difference < -0.3);
    }

    [Fact]
    public void Committed_applications_name_the_columns_that_refuse()
    {
        using Loaded given = Loaded.Reference("hmda_gbt", "hmda", "deny", 60, committed: true);

        RobustnessReport report = given.Run("missing", "unseen");

        Assert.Contains(report.Curves[0].Skipped, skipped => skipped is { Column: "afam", Reason: "the cell is empty" });
        Assert.Contains("pirat", report.Curves[0].Changed);
        Assert.Equal("The encoding refuses unknown levels in every column.", report.Curves[1].Refusal);
        Assert.Equal("yes", report.Positive);
    }
}
