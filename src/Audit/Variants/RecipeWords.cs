using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Training.Students;
using Governance.Registry.Versions;

namespace Governance.Audit.Variants;

/// <summary>Recipes in words: as a flag, as a sentence, and as the kind of descent that they found.</summary>
public static class RecipeWords
{
    private static readonly Dictionary<VariantKind, string> Flags = new()
    {
        [VariantKind.Int8Dynamic] = "int8-dynamic", [VariantKind.Int8Static] = "int8-static", [VariantKind.Int8Weights] = "int8-weights",
        [VariantKind.Fp16] = "fp16", [VariantKind.Optimise] = "optimise", [VariantKind.Prune] = "prune",
        [VariantKind.PruneStructured] = "prune-structured", [VariantKind.PruneTrees] = "prune-trees", [VariantKind.Distil] = "distil",
    };

    /// <summary>All recipes as flags, in the order of the help.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<VariantKind>().Select(kind => Flags[kind])];

    /// <summary>The recipe as a flag.</summary>
    public static string Flag(VariantKind kind) => Flags[kind];

    /// <summary>The recipe of a flag.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static VariantKind Kind(string flag) => Flags.Where(pair => pair.Value == flag).Select(pair => (VariantKind?)pair.Key).FirstOrDefault()
        ?? throw new InputException($"There is no recipe '{flag}'. There are {string.Join(", ", All)}.");

    /// <summary>The recipe's name for people.</summary>
    public static string Name(VariantKind kind) => kind switch
    {
        VariantKind.Int8Dynamic => "INT8, dynamic",
        VariantKind.Int8Static => "INT8, static",
        VariantKind.Int8Weights => "INT8, weights only",
        VariantKind.Fp16 => "FP16",
        VariantKind.Optimise => "Optimised graph",
        VariantKind.Prune => "Pruned weights",
        VariantKind.PruneStructured => "Pruned structure",
        VariantKind.PruneTrees => "Pruned trees",
        VariantKind.Distil => "Distilled student",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The recipe with the options that count for it, without a full stop.</summary>
    public static string Of(VariantRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        string detail = recipe.Kind switch
        {
            VariantKind.Int8Dynamic => recipe.Scale == ActivationScale.Row ? "each row on its own scale" : "one scale a batch",
            VariantKind.Int8Static => recipe.Ranges switch
            {
                RangeMethod.Percentile => $"ranges to the {recipe.Percentile.ToString(CultureInfo.InvariantCulture)}th percentile",
                RangeMethod.Entropy => "ranges by entropy",
                _ => "ranges from minimum to maximum",
            },
            VariantKind.Prune => $"{Percent(recipe.Share)} of the weights {(recipe.Scope == PruneScope.Layer ? "of each matrix" : "of all matrices together")} set to zero",
            VariantKind.PruneStructured => $"{Percent(recipe.Share)} of neurons and channels taken out{(recipe.FineTune > 0 ? $", fine-tuned for {recipe.FineTune} passes" : "")}",
            VariantKind.PruneTrees => $"{Percent(recipe.Share)} of the {(recipe.Part == TreePart.Trees ? "trees taken out" : "leaves merged")}",
            VariantKind.Distil => $"{Student(recipe)}{(recipe.Temperature == 1 ? "" : $", temperature {recipe.Temperature.ToString("0.##", CultureInfo.InvariantCulture)}")}, "
                + (recipe.Redraw == 0 ? "no redrawn rows" : $"{recipe.Redraw.ToString("0.##", CultureInfo.InvariantCulture)} redrawn {(recipe.Redraw == 1 ? "row" : "rows")} for each real one"),
            _ => "",
        };
        string left = recipe.Exclude.Count == 0 ? "" : $"; left as they are: {string.Join(", ", recipe.Exclude)}";
        return $"{Name(recipe.Kind)}{(detail.Length == 0 ? "" : $": {detail}")}{left}";
    }

    /// <summary>The student of a distillation, such as "40 boosted trees".</summary>
    public static string Student(VariantRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Student(recipe.Student, recipe.Size);
    }

    /// <summary>A student in words.</summary>
    /// <param name="family">Its kind.</param>
    /// <param name="size">See <see cref="StudentOptions.Size"/>.</param>
    public static string Student(StudentFamily family, int size) => family switch
    {
        StudentFamily.Logistic => "a logistic model",
        StudentFamily.Tree => $"one tree of up to {(size == 0 ? 8 : size)} leaves",
        StudentFamily.Trees => $"{(size == 0 ? 40 : size)} boosted trees",
        StudentFamily.Network => $"a network of {(size == 0 ? 16 : size)} hidden units",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, null),
    };

    /// <summary>How a version made by the recipe descends from its parent.</summary>
    public static ParentKind Descent(VariantKind kind) => kind switch
    {
        VariantKind.Optimise => ParentKind.OptimisedFrom,
        VariantKind.Prune or VariantKind.PruneStructured or VariantKind.PruneTrees => ParentKind.PrunedFrom,
        VariantKind.Distil => ParentKind.DistilledFrom,
        _ => ParentKind.QuantisedFrom,
    };

    private static string Percent(double share) => $"{(100 * share).ToString("0.##", CultureInfo.InvariantCulture)} %";
}
