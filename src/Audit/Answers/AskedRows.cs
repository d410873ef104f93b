using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>Legal rows on their way through the pipeline.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Grant">What they may.</param>
/// <param name="Model">Of which model.</param>
/// <param name="Version">Of which version.</param>
/// <param name="Hosted">The version in memory.</param>
/// <param name="Rows">As people read them.</param>
/// <param name="Batch">As the model reads them.</param>
/// <param name="Placed">With their places among the reference rows; null for each where there are none.</param>
internal sealed record AskedRows(
    AnswerRequest Request, AnswerGrant Grant, Model Model, ModelVersion Version, HostedModel Hosted, Table Rows, InputBatch Batch, PlacedRow?[] Placed)
{
    /// <summary>What their role gets of models of this class.</summary>
    public OutputPolicy Policy => Grant.Pack.For(Grant.Access.Decision.By ?? Role.Consumer, Grant.Access.Relation.Owner, Hosted.Release);

    /// <summary>Whose traffic it is.</summary>
    public WatchedParty Party => new(Request.Principal, Grant.Teams, Version.Id);

    /// <summary>What watches are shown of an answered row.</summary>
    public WatchedAnswer Answer(int row, double score) =>
        new(Party, EncodedRow.Of(Batch, row), score, Request.Kind, Request.WhatIf, Hosted.Look(Placed[row], score));

    /// <summary>Which rows resemble no reference row.</summary>
    public bool[] Unusual => [.. Placed.Select(row => row is { IsOutside: true })];

    /// <summary>
    /// Whether nothing of the model is kept from whoever asks: its owner, and of a linear model whoever may see the
    /// coefficients. Then there is nothing to rebuild.
    /// </summary>
    public bool KnowsModel => Grant.Access.Relation.Owner || (Hosted.Release == ReleaseClass.Linear && Grant.Coefficients);

    /// <summary>The charge of so many units.</summary>
    public Charge ChargeOf(int units, int disclosing) => new(
        Model.Id, Request.Principal.Value, [.. Grant.Teams.Select(team => team.Value)], units, disclosing,
        (KnowsModel ? Grant with { Gauge = null } : Grant).RulesFor(Hosted.Release, Hosted.Features), Grant.Choices.Budget?.OwnWindow ?? false);
}

/// <summary>A row with its price.</summary>
/// <param name="Key">What is asked of it, in which form, and its keyed digest.</param>
/// <param name="Policy">What is released of it.</param>
/// <param name="Units">0 for an exact repeat.</param>
/// <param name="Discloses">Whether the answer tells more than a decision.</param>
/// <param name="Seed">Of everything sampled; follows from the row alone.</param>
internal sealed record PricedRow((string Kind, string Form, string Digest) Key, OutputPolicy Policy, int Units, bool Discloses, int Seed);
