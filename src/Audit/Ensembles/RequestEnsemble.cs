using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Ensembles;

/// <summary>Puts the making of an ensemble in the queue: a run on the first member that registers a new version and seals what it measured.</summary>
public sealed class RequestEnsemble(IDbContextFactory<GovernanceDb> contexts, StartRun startRun, AuditQueue queue)
{
    /// <summary>What the titles of such runs begin with.</summary>
    public const string TitleStart = "Ensemble of ";

    /// <summary>Requests it; whoever may register versions of the model and run audits on it may.</summary>
    /// <param name="actor">Who asks: the author of the version.</param>
    /// <param name="recipe">What is combined, and how.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Queued, refused with a sentence, or no such version.</returns>
    public async Task<StartRunOutcome> RunAsync(Actor actor, EnsembleRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(recipe);
        (ModelVersionId? first, Refusal? refusal) = await CheckAsync(actor, recipe, cancellationToken);
        if (refusal is not null)
        {
            return new StartRunOutcome.Refused(refusal);
        }

        if (first is not ModelVersionId version)
        {
            return new StartRunOutcome.NoSuchVersion();
        }

        string title = TitleStart + string.Join(", ", recipe.Members);
        AuditOptions options = new()
        {
            Name = title.Length <= AuditRun.MaxTitleLength ? title : $"{TitleStart}{recipe.Members.Count} versions",
            Kind = AuditKind.Ensemble,
            Evaluation = recipe.Data ?? "",
            Background = recipe.Data ?? "",
            Explanation = new ExplanationOptions { Rows = 0 },
            Ensemble = recipe,
        };
        StartRunOutcome outcome = await startRun.RunAsync(
            actor, version, options.Name, AuditSpecJson.Write(options), [Right.Register], cancellationToken);
        if (outcome is StartRunOutcome.Queued)
        {
            queue.Wake();
        }

        return outcome;
    }

    private async Task<(ModelVersionId? First, Refusal? Refusal)> CheckAsync(Actor actor, EnsembleRecipe recipe, CancellationToken cancellationToken)
    {
        try
        {
            recipe.Options.Check(recipe.Members.Count);
        }
        catch (InputException fault)
        {
            return (null, new Refusal("bad-options", fault.Message));
        }

        if (recipe.Members.Distinct(StringComparer.Ordinal).Count() < recipe.Members.Count)
        {
            return (null, new Refusal("bad-options", "A version is named twice; a member that shall count more gets a larger weight."));
        }

        if (recipe.Combination == Combination.Stacking && recipe.Data is null)
        {
            return (null, new Refusal("bad-options", "Stacking learns from labelled rows: choose a data set that no member was trained on."));
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (recipe.Data is string data && !await db.Datasets.AnyAsync(row => row.Name == data, cancellationToken))
        {
            return (null, new Refusal("bad-options", $"There is no data set '{data}'."));
        }

        List<(Model Model, ModelVersion Version)> members = [];
        foreach (string name in recipe.Members)
        {
            if (await MemberVersions.FindAsync(db, name, cancellationToken) is not (Model model, ModelVersion version)
                || (await Standing.LoadAsync(db, actor, model, version.Stage, cancellationToken)).Visibility != ModelVisibility.Full)
            {
                return (null, null);
            }

            members.Add((model, version));
        }

        return members.Any(member => member.Model.Name == recipe.Model)
            ? (members[0].Version.Id, null)
            : (null, new Refusal("bad-options", $"An ensemble becomes a version of the model of one of its members; '{recipe.Model}' is none of them."));
    }
}
