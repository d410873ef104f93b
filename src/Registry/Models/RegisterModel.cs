using Governance.Registry.Access;
using Governance.Registry.Annotations;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Models;

/// <summary>A model to put on record.</summary>
/// <param name="Name">Unique; keeps <see cref="NameRule"/>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Purpose">What it is used for, and on whom.</param>
/// <param name="Tier">How much hangs on it.</param>
public sealed record NewModel(string Name, string Title, string Purpose, RiskTier Tier)
{
    /// <summary>Tags that it has from the start.</summary>
    public IReadOnlyList<NewAnnotation> Annotations { get; init; } = [];
}

/// <summary>Puts a model on record; whoever does it owns it and is granted it.</summary>
public sealed class RegisterModel(AppendGate gate)
{
    /// <summary>Registers; a developer may.</summary>
    /// <exception cref="ArgumentException">The actor is the system: a model needs an owner.</exception>
    public Task<RegisterModelOutcome> RunAsync(Actor actor, NewModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(model);
        UserId owner = actor.User ?? throw new ArgumentException("A model needs an owner.", nameof(actor));
        return gate.RunAsync<RegisterModelOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            Refusal? refusal = standing.Person!.Roles.Contains(Role.Developer) ? RefusalFor(model) : new Refusal(
                "no-right", "Only developers register models. Ask an administrator for the role.");
            if (refusal is null && await change.Db.Models.AnyAsync(row => row.Name == model.Name, cancellationToken))
            {
                refusal = new Refusal("taken", "There is a model of this name already. Choose another name.");
            }

            if (refusal is not null)
            {
                return new RegisterModelOutcome.Refused(refusal);
            }

            Model row = new(
                ModelId.New(), model.Name, model.Title.Trim(), model.Purpose.Trim(), owner, model.Tier, change.Now);
            change.Add(row, "model.registered", row.Subject);
            change.Add(
                new ModelGrant(ModelGrantId.New(), owner, null, row.Id, false, false, default, null, grantedBy: null, change.Now),
                "grant.given", row.Subject);
            AnnotationRows.Add(change, row, null, model.Annotations);
            return new RegisterModelOutcome.Registered(row);
        }, cancellationToken);
    }

    private static Refusal? RefusalFor(NewModel model) =>
        !NameRule.Fits(model.Name) ? new Refusal("bad-name", NameRule.Sentence)
        : string.IsNullOrWhiteSpace(model.Title) || model.Title.Trim().Length > Model.MaxTitleLength
            ? new Refusal("bad-title", $"A title has 1 to {Model.MaxTitleLength} characters.")
        : string.IsNullOrWhiteSpace(model.Purpose) || model.Purpose.Trim().Length > Model.MaxPurposeLength
            ? new Refusal("bad-purpose", $"Say what the model is used for, in 1 to {Model.MaxPurposeLength} characters.")
        : AnnotationRows.RefusalFor(model.Annotations);
}

/// <summary>What came of a registration.</summary>
public abstract record RegisterModelOutcome
{
    private RegisterModelOutcome()
    {
    }

    /// <summary>It is on record.</summary>
    public sealed record Registered(Model Model) : RegisterModelOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : RegisterModelOutcome;
}
