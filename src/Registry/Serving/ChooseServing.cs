using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Serving;

/// <summary>Puts on record how a version is served from now on. Operators of the model choose.</summary>
public sealed class ChooseServing(AppendGate gate)
{
    /// <summary>Chooses.</summary>
    /// <param name="actor">Who chooses.</param>
    /// <param name="modelName">Of which model.</param>
    /// <param name="number">Of which version.</param>
    /// <param name="wanted">All of the settings.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ServingOutcome> RunAsync(
        Actor actor, string modelName, int number, ServingSettings wanted, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        return gate.RunAsync<ServingOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == modelName, cancellationToken);
            ModelId id = model?.Id ?? default;
            ModelVersion? version = model is null ? null : await change.Db.Versions.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Model == id && row.Number == number, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, version?.Stage, cancellationToken);
            if (model is null || version is null || standing.Visibility == ModelVisibility.None)
            {
                return new ServingOutcome.NoSuchVersion();
            }

            ServingChoice? last = await ServingQueries.LastAsync(change.Db, version.Id, cancellationToken);
            string text = reason?.Trim() ?? "";
            Refusal? refusal = standing.RefusalFor(Right.Operate)
                ?? (wanted.Fault is string fault ? new Refusal("bad-settings", fault) : null)
                ?? ((last?.Settings ?? ServingSettings.Default) == wanted ? new Refusal("no-change", "The version is served like that already.") : null)
                ?? (text.Length is 0 or > PersonalText.MaxLength
                    ? new Refusal("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the decision.") : null);
            if (refusal is not null)
            {
                return new ServingOutcome.Refused(refusal);
            }

            PersonalText written = PersonalText.Write(text);
            change.Add(
                new ServingChoice(ServingChoiceId.New(), version.Id, wanted, written.Digest, actor.User, change.Now),
                "serving.chosen", version.Subject, written);
            return new ServingOutcome.Changed();
        }, cancellationToken);
    }
}
