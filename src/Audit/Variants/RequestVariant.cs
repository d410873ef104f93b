using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Variants;

/// <summary>Puts the making of a variant in the queue of runs.</summary>
public sealed class RequestVariant(IDbContextFactory<GovernanceDb> contexts, StartRun startRun, AuditQueue queue)
{
    /// <summary>How the title of every such run, and of what it seals, begins.</summary>
    public const string TitleStart = "Variant: ";

    /// <summary>Whether sealed evidence tells of a variant that was made.</summary>
    public static bool Is(EvidenceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Title.StartsWith(TitleStart, StringComparison.Ordinal);
    }

    /// <summary>Queues it; whoever may register versions of the model may.</summary>
    /// <param name="actor">Who asks, and becomes the author of the version that is made.</param>
    /// <param name="version">The parent.</param>
    /// <param name="recipe">What is done.</param>
    /// <param name="dataset">The data set with rows to measure ranges on or to learn from; null for none.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Queued, refused with a sentence, or no such version.</returns>
    public async Task<StartRunOutcome> RunAsync(
        Actor actor, ModelVersionId version, VariantRecipe recipe, string? dataset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        if (await FaultAsync(recipe, dataset, cancellationToken) is string fault)
        {
            return new StartRunOutcome.Refused(new Refusal("bad-options", fault));
        }

        string title = $"{TitleStart}{RecipeWords.Of(recipe)}";
        AuditOptions options = new()
        {
            Name = title.Length <= AuditRun.MaxTitleLength ? title : title[..AuditRun.MaxTitleLength],
            Kind = AuditKind.Variant,
            Evaluation = dataset ?? "",
            Background = dataset ?? "",
            Explanation = new ExplanationOptions { Rows = 0 },
            Variant = recipe,
            Seed = recipe.Seed,
        };
        StartRunOutcome outcome = await startRun.RunAsync(actor, version, options.Name, AuditSpecJson.Write(options), [Right.Register], cancellationToken);
        if (outcome is StartRunOutcome.Queued)
        {
            queue.Wake();
        }

        return outcome;
    }

    private async Task<string?> FaultAsync(VariantRecipe recipe, string? dataset, CancellationToken cancellationToken)
    {
        try
        {
            recipe.Check();
        }
        catch (InputException fault)
        {
            return fault.Message;
        }

        if (dataset is null)
        {
            return recipe.NeedsRows ? $"The recipe {RecipeWords.Flag(recipe.Kind)} needs a data set." : null;
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Datasets.AnyAsync(row => row.Name == dataset, cancellationToken) ? null : $"There is no data set '{dataset}'.";
    }
}
