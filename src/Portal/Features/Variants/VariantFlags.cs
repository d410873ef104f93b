using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Variants;

/// <summary>The flags of <c>governance variant</c> that make up a recipe.</summary>
internal static class VariantFlags
{
    public static readonly Option<string> Recipe = new("--recipe") { Description = "What is made.", Required = true };

    public static readonly Option<string[]> Exclude = new("--exclude")
    {
        Description = "A node that is left as it is, by its name or its first output's; may be repeated.", HelpName = "NODE", DefaultValueFactory = _ => [],
    };

    public static readonly Option<string> Scale = new("--scale") { Description = "int8-dynamic: a scale for each row, or one for a batch (quicker, but then rows influence each other).", DefaultValueFactory = _ => "row" };

    public static readonly Option<string> Ranges = new("--ranges") { Description = "int8-static: how ranges are taken from the calibration rows.", DefaultValueFactory = _ => "minmax" };

    public static readonly Option<double> Percentile = NumberOption.WithDefault("--percentile", "int8-static with --ranges percentile: which one.", 99.99);

    public static readonly Option<double> Share = NumberOption.WithDefault("--share", "prune, prune-structured, prune-trees: the share taken out.", 0.5);

    public static readonly Option<string> Scope = new("--scope") { Description = "prune: whether each matrix loses the share, or all together.", DefaultValueFactory = _ => "layer" };

    public static readonly Option<int> FineTune = new("--fine-tune") { Description = "prune-structured: passes over the rows to train on the parent's answers afterwards.", HelpName = "N" };

    public static readonly Option<string> Part = new("--part") { Description = "prune-trees: whether whole trees go, or leaves are merged.", DefaultValueFactory = _ => "trees" };

    public static readonly Option<string> Student = new("--student") { Description = "distil: what kind of model learns from this one.", DefaultValueFactory = _ => "trees" };

    public static readonly Option<int> Size = new("--size") { Description = "distil: leaves of one tree (8), boosted trees (40) or hidden units (16).", HelpName = "N" };

    public static readonly Option<double> Temperature = NumberOption.WithDefault("--temperature", "distil: by what log-odds are divided while the student learns, 1 to 20.", 1);

    public static readonly Option<double> Redraw = NumberOption.WithDefault("--redraw", "distil: redrawn rows for each real one, 0 to 10.", 1);

    static VariantFlags()
    {
        Part.AcceptOnlyFromAmong("trees", "leaves");
        Student.AcceptOnlyFromAmong("logistic", "tree", "trees", "network");
        Recipe.AcceptOnlyFromAmong([.. RecipeWords.All]);
        Scale.AcceptOnlyFromAmong("row", "tensor");
        Ranges.AcceptOnlyFromAmong("minmax", "percentile", "entropy");
        Scope.AcceptOnlyFromAmong("layer", "global");
    }

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Symbol> All { get; } = [Recipe, Exclude, Scale, Ranges, Percentile, Share, Scope, FineTune, Part, Student, Size, Temperature, Redraw];

    /// <summary>The recipe that they ask for.</summary>
    /// <exception cref="InputException">An option is out of range.</exception>
    public static VariantRecipe Read(CommandContext context)
    {
        ParseResult arguments = context.Arguments;
        VariantRecipe recipe = new()
        {
            Kind = RecipeWords.Kind(arguments.GetValue(Recipe)!),
            Exclude = [.. arguments.GetValue(Exclude)!],
            Scale = Enum.Parse<ActivationScale>(arguments.GetValue(Scale)!, ignoreCase: true),
            Ranges = Enum.Parse<RangeMethod>(arguments.GetValue(Ranges)!, ignoreCase: true),
            Percentile = arguments.GetValue(Percentile),
            Share = arguments.GetValue(Share),
            Scope = Enum.Parse<PruneScope>(arguments.GetValue(Scope)!, ignoreCase: true),
            FineTune = arguments.GetValue(FineTune),
            Part = Enum.Parse<TreePart>(arguments.GetValue(Part)!, ignoreCase: true),
            Student = Enum.Parse<StudentFamily>(arguments.GetValue(Student)!, ignoreCase: true),
            Size = arguments.GetValue(Size),
            Temperature = arguments.GetValue(Temperature),
            Redraw = arguments.GetValue(Redraw),
            Seed = context.Seed,
        };
        recipe.Check();
        return recipe;
    }
}
