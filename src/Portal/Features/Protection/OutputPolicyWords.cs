using Governance.Audit.Answers.Policy;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Protection;

/// <summary>Output policies in words, each with its price. Pure.</summary>
internal static class OutputPolicyWords
{
    /// <summary>The head of the panel.</summary>
    public static string Title(ReleaseClass? release) => release switch
    {
        ReleaseClass.Linear => "A linear model: its answers are the model",
        ReleaseClass.Small => "A small model: its explanations are the model",
        ReleaseClass.Other => "What each role gets of an answer",
        _ => "What each role gets of an answer, by class of model",
    };

    /// <summary>Why the policy is as it is.</summary>
    public static string Why(ReleaseClass? release) => release switch
    {
        ReleaseClass.Linear => "As many exact answers as it has weights, or one exact explanation, rebuild a linear model. So explanations are for those who may see the coefficients; others get signs and three levels, and answers with numbers for half as many units as it has features.",
        ReleaseClass.Small => "Few explanations rebuild a model of at most 1,000 parameters or leaves. So they are for those who may see the coefficients; others get signs and three levels of the three largest.",
        ReleaseClass.Other => "No single answer rebuilds this model; many do. Rounding costs a thief little, so the budget is the defence, and attributions come as signs and three levels except to reviewers and the owner.",
        _ => "The class is read from the graph when the first answer is given or a red team is sent. Rounding costs a thief little, so the budget is the defence.",
    };

    /// <summary>How much may be asked.</summary>
    public static string Limits(BudgetLimits limits) =>
        $"One person or program has {PlainNumbers.Count(limits.PrincipalDay)} units a day and {PlainNumbers.Count(limits.PrincipalLifetime)} in all without the owner's approval, "
        + $"a team {PlainNumbers.Count(limits.TeamDay)} a day, and all together {PlainNumbers.Count(limits.ModelMonth)} in 30 days. Exact repeats are free.";

    /// <summary>A class of models.</summary>
    public static string Models(ReleaseClass release) => release switch
    {
        ReleaseClass.Linear => "linear",
        ReleaseClass.Small => "small",
        _ => "other",
    };

    /// <summary>What a prediction shows.</summary>
    public static string Prediction(OutputPolicy policy) => Priced(policy, QueryKind.Predict, policy.Prediction switch
    {
        PredictionForm.Full => "in full",
        PredictionForm.TwoDecimals => "two decimals",
        PredictionForm.OneDecimal => "one decimal",
        PredictionForm.TopK => "likeliest classes",
        _ => "decision alone",
    });

    /// <summary>What an explanation shows.</summary>
    public static string Explanation(OutputPolicy policy) => Priced(policy, QueryKind.Explain, policy.Attribution switch
    {
        AttributionForm.Full => "in full",
        AttributionForm.Bucketed => "five signs in three levels",
        AttributionForm.TopThreeSigns => "three signs in three levels",
        _ => "none",
    });

    /// <summary>What a counterfactual shows.</summary>
    public static string Counterfactual(OutputPolicy policy) => Priced(policy, QueryKind.Counterfactual, policy.Counterfactual switch
    {
        CounterfactualForm.NearestRow => "nearest real row",
        CounterfactualForm.Prototype => "nearest prototype",
        _ => "none",
    });

    private static string Priced(OutputPolicy policy, QueryKind kind, string words) => Price.Of(kind, policy) switch
    {
        0 => words,
        1 => $"{words}, 1 unit",
        int units => $"{words}, {units} units",
    };
}
