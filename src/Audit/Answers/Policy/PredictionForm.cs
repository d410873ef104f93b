namespace Governance.Audit.Answers.Policy;

/// <summary>How much of a prediction is released, from all to least.</summary>
public enum PredictionForm
{
    /// <summary>Every class's probability, or the value, as the model gives it.</summary>
    Full,

    /// <summary>Rounded to two decimals; values to a hundredth of their spread.</summary>
    TwoDecimals,

    /// <summary>Rounded to one decimal; values to a tenth of their spread.</summary>
    OneDecimal,

    /// <summary>The likeliest classes alone (half of them at most, three at most) with one decimal.</summary>
    TopK,

    /// <summary>The decision alone; a value's quarter of its spread.</summary>
    LabelOnly,
}

/// <summary>How much of a row's attributions is released, from all to least.</summary>
public enum AttributionForm
{
    /// <summary>Every player's value, and the base value.</summary>
    Full,

    /// <summary>The five largest, each as its sign and one of three levels.</summary>
    Bucketed,

    /// <summary>The three largest, each as its sign and one of three levels.</summary>
    TopThreeSigns,

    /// <summary>None.</summary>
    None,
}

/// <summary>Where a counterfactual comes from. The exact nearest point to the decision is never released.</summary>
public enum CounterfactualForm
{
    /// <summary>The nearest real row of the reference data that is answered otherwise, masked as the rights say.</summary>
    NearestRow,

    /// <summary>The nearest of a few prototypes made beforehand, each of many rows.</summary>
    Prototype,

    /// <summary>None.</summary>
    None,
}
