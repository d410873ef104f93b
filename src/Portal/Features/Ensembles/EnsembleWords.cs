using Governance.Audit.Ensembles;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Ensembles;

/// <summary>What an ensemble shows, in sentences. Pure.</summary>
internal static class EnsembleWords
{
    /// <summary>A combination, for a list.</summary>
    public static string Of(Combination combination) => combination switch
    {
        Combination.Average => "average",
        Combination.Weighted => "weighted average",
        Combination.Majority => "majority of votes",
        Combination.Stacking => "stacking",
        _ => throw new ArgumentOutOfRangeException(nameof(combination), combination, null),
    };

    /// <summary>A form of a stacked model, for a list.</summary>
    public static string Of(StackedForm form) => form switch
    {
        StackedForm.Chosen => "whichever does better on rows held out",
        StackedForm.Full => "a coefficient for each member and class",
        StackedForm.Shared => "one coefficient a member, not negative",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };

    /// <summary>How a stacked model came to its form.</summary>
    public static string Trial(StackedTrial trial) =>
        $"{(trial.TakesFull ? "A coefficient for each member and class" : "One coefficient a member")} was taken: on {PlainNumbers.Count(trial.Rows)} rows, each held out once, "
        + $"the log loss was {PlainNumbers.Value(trial.Shared)} with one a member and {PlainNumbers.Value(trial.Full)} with one for each class as well; one standard error of the difference is {PlainNumbers.Value(trial.Error)}.";

    /// <summary>The coefficient of a member, where it has one; null else.</summary>
    public static double? Coefficient(StackingReport? stacking, int member) =>
        stacking?.Shared is { } shared ? shared[member] : stacking is { Coefficients: [var own] } ? own[member] : null;

    /// <summary>What was made.</summary>
    public static string Title(RegisteredEnsemble ensemble)
    {
        string kind = ensemble.Report.Combination switch
        {
            Combination.Average => "the average",
            Combination.Weighted => "the weighted average",
            Combination.Majority => "the majority",
            Combination.Stacking => "a stacked model",
            _ => throw new ArgumentOutOfRangeException(nameof(ensemble)),
        };
        return $"{ensemble.Version} is {kind} of {string.Join(", ", ensemble.Report.Members.Select(member => member.Name))}";
    }

    /// <summary>What disagreement says of errors, with its uncertainty.</summary>
    public static string Disagreement(DisagreementReport report)
    {
        if (report.Area is not double area)
        {
            return report.Correlation is double correlation
                ? $"Disagreement and absolute error go together with a rank correlation of {PlainNumbers.Signed(correlation)}."
                : report.Bins.All(bin => bin.Errors == 0) ? "No row is wrong, so disagreement cannot be held against errors."
                : "Disagreement does not vary with errors here.";
        }

        string told = $"A wrong row has more disagreement than a right one with a probability of {PlainNumbers.WithInterval(area, report.AreaInterval)}";
        return report.AreaInterval is not [double low, double high] ? $"{told}."
            : low > 0.5 ? $"{told}: where the members disagree, errors are more frequent."
            : high < 0.5 ? $"{told}: where the members disagree, errors are less frequent, so disagreement is no warning here."
            : $"{told}: these rows do not show that disagreement goes with errors.";
    }
}
