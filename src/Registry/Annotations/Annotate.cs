using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Annotations;

/// <summary>A tag, alias or description to set or to remove.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number: that it is on, or that the alias stands for; null for the model itself, and to remove an alias.</param>
/// <param name="Kind">What it is; an origin is said with the registration and never changed.</param>
/// <param name="Key">Its key, or the alias; empty for a description.</param>
/// <param name="Value">Its value; null to remove it, and for an alias.</param>
/// <param name="Removes">Whether it is removed.</param>
public sealed record AnnotationWish(string Model, int? Version, AnnotationKind Kind, string Key, string? Value, bool Removes = false);

/// <summary>Sets or removes a tag, an alias or a description; developers of the model may.</summary>
public sealed class Annotate(AppendGate gate)
{
    /// <summary>Does it. What is so already is not written again.</summary>
    /// <exception cref="ArgumentException">The actor is the system, or an origin is to be changed.</exception>
    public Task<AnnotateOutcome> RunAsync(Actor actor, AnnotationWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wish);
        if (actor.User is null || wish.Kind == AnnotationKind.Origin)
        {
            throw new ArgumentException("A person annotates, and never the origin of a version.", nameof(wish));
        }

        return gate.RunAsync<AnnotateOutcome>(actor, async change =>
        {
            Model? model = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == wish.Model, cancellationToken);
            ModelId id = model?.Id ?? default;
            ModelVersion? version = model is null || wish.Version is not int number ? null
                : await change.Db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Model == id && row.Number == number, cancellationToken);
            Standing standing = await Standing.LoadAsync(change.Db, actor, model, version?.Stage, cancellationToken);
            if (model is null || standing.Visibility != ModelVisibility.Full)
            {
                return new AnnotateOutcome.NoSuchModel();
            }

            if (wish.Version is not null && version is null)
            {
                return new AnnotateOutcome.NoSuchVersion();
            }

            Refusal? refusal = standing.RefusalFor(Right.Register) ?? AnnotationPolicy.RefusalFor(wish.Kind, wish.Key, wish.Value);
            if (refusal is not null)
            {
                return new AnnotateOutcome.Refused(refusal);
            }

            if (!await IsSoAsync(change, model, version, wish, cancellationToken))
            {
                AnnotationRows.Add(change, model, version, wish.Kind, wish.Key, wish.Removes ? null : wish.Value, wish.Removes);
            }

            return new AnnotateOutcome.Done();
        }, cancellationToken);
    }

    private static async Task<bool> IsSoAsync(
        RegistryChange change, Model model, ModelVersion? version, AnnotationWish wish, CancellationToken cancellationToken)
    {
        ModelId id = model.Id;
        ModelVersionId? on = version?.Id;
        bool alias = wish.Kind == AnnotationKind.Alias;
        Annotation? last = await change.Db.Annotations.AsNoTracking()
            .Where(row => row.Model == id && row.Kind == wish.Kind && row.Key == wish.Key && (alias || row.Version == on))
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (last is null or { Removed: true } || wish.Removes)
        {
            return wish.Removes && last is null or { Removed: true };
        }

        return alias ? last.Version == on
            : (last.Text is FactDigest digest
                ? (await change.Db.PersonalTexts.AsNoTracking().FirstOrDefaultAsync(row => row.Digest == digest, cancellationToken))?.Text
                : "") == (string.IsNullOrWhiteSpace(wish.Value) ? "" : wish.Value);
    }
}

/// <summary>What came of an annotation.</summary>
public abstract record AnnotateOutcome
{
    private AnnotateOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Done : AnnotateOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AnnotateOutcome;

    /// <summary>The model does not exist, or not for this person.</summary>
    public sealed record NoSuchModel : AnnotateOutcome;

    /// <summary>The model has no such version for this person.</summary>
    public sealed record NoSuchVersion : AnnotateOutcome;
}
