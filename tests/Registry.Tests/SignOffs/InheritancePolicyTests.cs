using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.SignOffs;

/// <summary>When a variant may stand on its parent's sign-off: everything that has to hold, and each of it missing once.</summary>
public sealed class InheritancePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly FactDigest Child = FactDigest.Of("child"u8);
    private static readonly FactDigest Parent = FactDigest.Of("parent"u8);

    [Fact]
    public void A_variant_whose_battery_meets_every_line_may_inherit() => Assert.Null(InheritancePolicy.RefusalFor(Standing()));

    [Theory]
    [InlineData(Stage.Approved, null)]
    [InlineData(Stage.ApprovedWithConditions, null)]
    [InlineData(Stage.InReview, "parent-not-approved")]
    [InlineData(Stage.Voided, "parent-not-approved")]
    [InlineData(Stage.Suspended, "parent-not-approved")]
    [InlineData(Stage.Expired, "parent-not-approved")]
    public void Only_an_approval_in_force_is_inherited(Stage stage, string? code) =>
        Assert.Equal(code, Code(Standing() with { Parents = [Of(stage: stage)] }));

    [Theory]
    [InlineData(ParentKind.QuantisedFrom, null)]
    [InlineData(ParentKind.PrunedFrom, null)]
    [InlineData(ParentKind.DistilledFrom, null)]
    [InlineData(ParentKind.OptimisedFrom, null)]
    [InlineData(ParentKind.RetrainedFrom, "no-variant")]
    [InlineData(ParentKind.EnsembleOf, "no-variant")]
    [InlineData(ParentKind.PostProcessedFrom, "no-variant")]
    public void A_model_that_was_trained_or_put_together_anew_is_no_variant(ParentKind kind, string? code) =>
        Assert.Equal(code, Code(Standing() with { Parents = [Of(kind: kind)] }));

    [Fact]
    public void Every_way_around_the_battery_is_refused()
    {
        Inheritance whole = Standing();
        BatteryStanding battery = whole.Battery!;
        (string Code, Inheritance? Standing)[] ways =
        [
            ("no-variant", null),
            ("no-variant", whole with { Parents = [] }),
            ("several-parents", whole with { Parents = [Of(), Of()] }),
            ("no-variant", whole with { Parents = [Of() with { SameModel = false }] }),
            ("parent-inherited", whole with { Parents = [Of() with { ItselfInherited = true }] }),
            ("no-battery", whole with { Battery = null }),
            ("other-battery", whole with { Battery = battery with { Parent = Child.Hex } }),
            ("other-battery", whole with { Battery = battery with { Subject = Parent.Hex } }),
            ("other-battery", whole with { Battery = battery with { Subject = null } }),
            ("other-policy", whole with { Policy = "house 1" }),
            ("old-battery", whole with { Now = Now.AddDays(181) }),
            ("other-data", whole with { Battery = battery with { Data = "else" } }),
            ("other-data", whole with { Battery = battery with { Data = null } }),
            ("fewer-groups", whole with { Battery = battery with { Protected = new HashSet<string> { "single" } } }),
            ("no-limits", whole with { Limits = [] }),
            ("unseen-limit", whole with { Limits = [.. whole.Limits, "equivalence-size-ratio"] }),
            ("not-equivalent", whole with { Battery = battery with { Lines = [.. battery.Lines, new BatteryLine("tpr of afam = yes", "equivalence-flips", "breaches")] } }),
            ("not-equivalent", whole with { Battery = battery with { Lines = [.. battery.Lines, new BatteryLine("tpr of afam = yes", "equivalence-flips", "inconclusive")] } }),
        ];

        Assert.All(ways, way => Assert.Equal(way.Code, Code(way.Standing)));
        Assert.Contains("tpr of afam = yes", InheritancePolicy.RefusalFor(ways[^2].Standing)!.Sentence, StringComparison.Ordinal);
    }

    private static string? Code(Inheritance? standing) => InheritancePolicy.RefusalFor(standing)?.Code;

    private static ParentStanding Of(Stage stage = Stage.Approved, ParentKind kind = ParentKind.QuantisedFrom) => new(
        "credit/1", ModelVersionId.New(), Parent, stage, kind, SameModel: true, ItselfInherited: false,
        new HashSet<string> { "data" }, new HashSet<string> { "afam" });

    private static Inheritance Standing() => new(
        Child, [Of()],
        new BatteryStanding(
            EvidenceId.New(), "findings", Now, Parent.Hex, Child.Hex, "default 3", "data", new HashSet<string> { "afam", "single" },
            [new BatteryLine("accuracy", "equivalence-accuracy-loss", "meets"), new BatteryLine("flips", "equivalence-flips", "not applicable")]),
        ["equivalence-accuracy-loss", "equivalence-flips"], "default 3", TimeSpan.FromDays(180), Now);
}
