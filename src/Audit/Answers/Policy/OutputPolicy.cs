namespace Governance.Audit.Answers.Policy;

/// <summary>What leaves the portal of an answer. Pure; what it holds back nobody outside can ask for.</summary>
/// <param name="Prediction">Of predictions.</param>
/// <param name="Attribution">Of explanations.</param>
/// <param name="Counterfactual">Of counterfactuals.</param>
public readonly record struct OutputPolicy(
    PredictionForm Prediction, AttributionForm Attribution, CounterfactualForm Counterfactual)
{
    /// <summary>What is left under an alarm or a throttle: decisions alone.</summary>
    public static OutputPolicy LabelsAlone { get; } = new(PredictionForm.LabelOnly, AttributionForm.None, CounterfactualForm.None);

    /// <summary>Everything as the model gives it; for measuring what the others hold back.</summary>
    public static OutputPolicy Off { get; } = new(PredictionForm.Full, AttributionForm.Full, CounterfactualForm.NearestRow);

    /// <summary>The stricter of both in every part.</summary>
    public OutputPolicy And(OutputPolicy other) => new(
        (PredictionForm)Math.Max((int)Prediction, (int)other.Prediction),
        (AttributionForm)Math.Max((int)Attribution, (int)other.Attribution),
        (CounterfactualForm)Math.Max((int)Counterfactual, (int)other.Counterfactual));

    /// <summary>Whether it lets out more than another in any part.</summary>
    public bool IsLooserThan(OutputPolicy other) =>
        Prediction < other.Prediction || Attribution < other.Attribution || Counterfactual < other.Counterfactual;

    /// <summary>Releases a prediction.</summary>
    /// <param name="row">What the model says.</param>
    /// <param name="spread">The spread of a regression's values on reference rows; null where there is none.</param>
    public ReleasedPrediction Apply(RowPrediction row, ValueSpread? spread = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        return RoundPrediction.Apply(row, Prediction, spread);
    }

    /// <summary>Releases attributions.</summary>
    /// <param name="features">Shape [players]: their names.</param>
    /// <param name="values">Shape [players]: their attributions.</param>
    public IReadOnlyList<ReleasedAttribution> Apply(IReadOnlyList<string> features, IReadOnlyList<double> values) =>
        AttributionLevels.Release(features, values, Attribution);
}
