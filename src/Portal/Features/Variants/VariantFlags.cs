using System.CommandLine;
using Governance.Audit.Data;
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

    public static readonly Option<double> Share = NumberOption.WithDefault("--share", "prune, prune-structured: the share taken out.", 0.5);

    public static readonly Option<string> Scope = new("--scope") { Description = "prune: whether each matrix loses the share, or all together.", DefaultValueFactory = _ => "layer" };

    public static readonly Option<int> FineTune = new("--fine-tune") { Description = "prune-structured: passes over the rows to train on the parent's answers afterwards.", HelpName = "N" };

    static VariantFlags()
    {
        Recipe.AcceptOnlyFromAmong([.. RecipeWords.All]);
        Scale.AcceptOnlyFromAmong("row", "tensor");
        Ranges.AcceptOnlyFromAmong("minmax", "percentile", "entropy");
        Scope.AcceptOnlyFromAmong("layer", "global");
    }

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Symbol> All { get; } = [Recipe, Exclude, Scale, Ranges, Percentile, Share, Scope, FineTune];

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
            Seed = context.Seed,
        };
        recipe.Check();
        return recipe;
    }
}
