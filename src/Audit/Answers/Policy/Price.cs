namespace Governance.Audit.Answers.Policy;

/// <summary>What an answer costs, in units of a budget. Pure.</summary>
/// <remarks>Source: security brief, section 7.2. The price of an explanation or counterfactual covers the prediction that it comes with.</remarks>
public static class Price
{
    /// <summary>A decision without a number.</summary>
    public const int Label = 1;

    /// <summary>A decision with any number.</summary>
    public const int Probability = 2;

    /// <summary>Attributions as signs and levels.</summary>
    public const int BucketedExplanation = 5;

    /// <summary>Attributions as numbers.</summary>
    public const int FullExplanation = 25;

    /// <summary>A counterfactual.</summary>
    public const int Counterfactual = 25;

    /// <summary>A gradient; no endpoint releases one, attacks are priced with it.</summary>
    public const int Gradient = 50;

    /// <summary>The price of one row.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="policy">What would be released.</param>
    /// <returns>Units; 0 where the policy releases nothing of this kind.</returns>
    public static int Of(QueryKind kind, OutputPolicy policy) => kind switch
    {
        QueryKind.Predict or QueryKind.WhatIf => policy.Prediction == PredictionForm.LabelOnly ? Label : Probability,
        QueryKind.Explain => policy.Attribution switch
        {
            AttributionForm.None => 0,
            AttributionForm.Full => FullExplanation,
            _ => BucketedExplanation,
        },
        QueryKind.Counterfactual => policy.Counterfactual == CounterfactualForm.None ? 0 : Counterfactual,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Whether an answer tells more than a decision, so that it counts against the budget of a linear model.</summary>
    public static bool Discloses(QueryKind kind, OutputPolicy policy) =>
        kind is QueryKind.Explain or QueryKind.Counterfactual || policy.Prediction != PredictionForm.LabelOnly;
}
