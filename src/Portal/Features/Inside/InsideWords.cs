using Governance.Audit.Ensembles;
using Governance.Audit.Findings;
using Governance.Audit.Surrogates;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Trees;

namespace Governance.Portal.Features.Inside;

/// <summary>What a look inside a model found, in words. Pure.</summary>
internal static class InsideWords
{
    /// <summary>What was asked about, for people.</summary>
    public static string Asked(string attack) => attack == "own-data" ? "Real rows" : "Rows drawn from the published profile";

    /// <summary>A metric for people.</summary>
    public static string Measure(string metric) => metric switch
    {
        "accuracy" => "Accuracy",
        "agreement" => "Agreement with the whole model",
        "root_mean_squared_error" => "Root mean squared error",
        _ => "Distance from the whole model",
    };

    /// <summary>How far a surrogate may be believed.</summary>
    public static string Believe(SurrogateReport surrogate)
    {
        string what = surrogate.Student is { Family: StudentFamily.Logistic, Task: "value" } ? "a linear model" : RecipeWords.Student(surrogate.Student.Family, 0);
        string name = char.ToUpperInvariant(what[0]) + what[1..];
        string r2 = $"R² of its {(surrogate.Student.Task == "value" ? "values" : "scores")} is {PlainNumbers.WithInterval(surrogate.Student.R2, surrogate.Student.R2Interval)}";
        return surrogate.Student.Fidelity is not double fidelity
            ? $"{name}: {r2}, on {PlainNumbers.Count(surrogate.Student.HeldOutRows)} rows held out."
            : $"{name} decides {PlainNumbers.Percent(fidelity)} of {PlainNumbers.Count(surrogate.Student.HeldOutRows)} rows held out as the model does "
                + $"[{PlainNumbers.Percent(surrogate.Student.FidelityInterval![0])}, {PlainNumbers.Percent(surrogate.Student.FidelityInterval[1])}]; "
                + $"always saying the same would reach {PlainNumbers.Percent(surrogate.Student.BaseRate!.Value)}. {r2}.";
    }

    /// <summary>The heading of a surrogate.</summary>
    public static string Kind(SurrogateReport surrogate) => surrogate.Student.Family == StudentFamily.Tree ? "As one small tree"
        : surrogate.Student.Task == "value" ? "As a linear model" : "As a logistic model";

    /// <summary>The finding of the copies, with its number.</summary>
    public static string CopyTitle(CopyCostReport report)
    {
        if (report.Points.Count == 0)
        {
            return "No copy was made";
        }

        CopyCost best = report.Points.MaxBy(point => point.Fidelity)!;
        return report.Task == "value"
            ? $"Without protection, {PlainNumbers.Count(best.Queries)} questions make a copy with R² {PlainNumbers.WithInterval(best.Fidelity, best.Interval)}"
            : $"Without protection, {PlainNumbers.Count(best.Queries)} questions make a copy that decides {PlainNumbers.Percent(best.Fidelity)} of rows alike";
    }

    /// <summary>The finding of the stages, with its numbers.</summary>
    public static string StageTitle(TreeMembersReport report)
    {
        TreeStage last = report.Stages[^1];
        TreeStage half = report.Stages.LastOrDefault(stage => 2 * stage.Trees <= last.Trees) ?? last;
        return $"{Measure(report.Metric)}: {PlainNumbers.Value(half.Value)} with {Trees(half.Trees)}, {PlainNumbers.WithInterval(last.Value, last.Interval)} with all {PlainNumbers.Count(last.Trees)}";
    }

    /// <summary>The finding of the moves.</summary>
    public static string MoveTitle(TreeMembersReport report)
    {
        int needed = 0;
        double sum = 0;
        foreach (TreeMove move in report.Moves.OrderByDescending(move => move.Moves).TakeWhile(_ => sum < 0.5))
        {
            sum += move.Share;
            needed++;
        }

        return $"Half of all that {Trees(report.Trees)} move the score is moved by {Trees(needed)}";
    }

    /// <summary>What the trees are, in a sentence.</summary>
    public static string Family(TreeMembersReport report) =>
        $"{Trees(report.Trees)}, {PlainNumbers.Count(report.Leaves)} leaves, up to {PlainNumbers.Count(report.Depth)} splits deep. "
        + (report.Family == TreeFamily.Boosting ? "Boosting: each tree corrects those before it, and the score is their sum." : "Bagging: each tree is a model by itself, and the score is their mean.");

    /// <summary>Single trees in a sentence; null where there are none.</summary>
    public static string? Singles(TreeMembersReport report) => report.Singles is not SingleTrees singles ? null
        : $"Single trees by themselves: {Measure(report.Metric).ToLowerInvariant()} {PlainNumbers.Value(singles.Mean)} on the average, standard deviation {PlainNumbers.Value(singles.Spread)}, "
            + $"from {PlainNumbers.Value(singles.Least)} to {PlainNumbers.Value(singles.Most)} ({Trees(singles.Values.Count)}).";

    private static string Trees(int count) => count == 1 ? "1 tree" : $"{PlainNumbers.Count(count)} trees";
}
