using Governance.Audit.Answers;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Serving;

/// <summary>Says what a version takes and gives, to whoever may ask it.</summary>
public sealed class DescribeServed(
    AnswerGrants grants, HostedModels models, VoidChanged approvals, ServingDoor door, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Describes it; the version is loaded for it, which warms it up.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Data.InputException">Model, encoding and reference data do not fit each other.</exception>
    public async Task<ServedModelOutcome> RunAsync(UserId principal, string model, int version, CancellationToken cancellationToken)
    {
        AnswerGrant grant = await grants.OfAsync(principal, Right.Predict, model, version, cancellationToken);
        if (grant.Access is not { Model: Model found, Version: ModelVersion row })
        {
            return new ServedModelOutcome.NoSuchVersion();
        }

        if (!grant.Access.Decision.Allowed)
        {
            return new ServedModelOutcome.Refused(RightsRefusals.For(Right.Predict));
        }

        AnswerOutcome.Refused? closed = AnswerAdmission.Refusal(Right.Predict, grant.Access.Decision, row.Stage, grant.Choices.Throttle)
            ?? (await approvals.CheckAsync(row, cancellationToken) is Refusal voided ? new AnswerOutcome.Refused(AnswerRefusal.Closed, voided)
                : door.IsClosed ? new AnswerOutcome.Refused(AnswerRefusal.Unavailable, new Refusal("closing", "The portal is about to end."))
                : null);
        using HostedLease lease = await models.TakeAsync(row.Id, grant.Choices.Policy, cancellationToken);
        RowEncoder encoder = lease.Model.Encoder;
        return new ServedModelOutcome.Described(new ServedModel(
            found.Name, row.Number, await ApprovedAsync(found.Id, cancellationToken),
            [.. encoder.Signature.Inputs.Select((spec, at) => spec with { RowShape = Filled(spec, encoder.Inputs[at].Features.Count) })],
            [.. lease.Model.Columns.Select(column => new ServedColumn(column, IsNumeric(encoder, column)))],
            lease.Model.Outputs, closed));
    }

    private static bool IsNumeric(RowEncoder encoder, string column)
    {
        FeatureSlot[] slots = [.. encoder.Slots.Where(slot => slot.Column == column)];
        return slots.Length > 0 && slots.All(slot => slot.Feature.Kind is FeatureKind.Numeric or FeatureKind.Image
            && encoder.Signature.Inputs[slot.Input].Kind != TensorKind.Text);
    }

    // One free dimension takes what the features leave; where there are several they stay free.
    private static IReadOnlyList<int> Filled(InputSpec spec, int width)
    {
        int known = spec.RowShape.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        return spec.RowShape.Count(size => size < 0) == 1 && width % known == 0
            ? [.. spec.RowShape.Select(size => size < 0 ? width / known : size)]
            : spec.RowShape;
    }

    private async Task<IReadOnlyList<int>> ApprovedAsync(ModelId model, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Versions.AsNoTracking()
            .Where(row => row.Model == model && (row.Stage == Stage.Approved || row.Stage == Stage.ApprovedWithConditions))
            .OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(cancellationToken);
    }
}
