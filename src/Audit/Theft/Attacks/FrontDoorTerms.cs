using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;

namespace Governance.Audit.Theft.Attacks;

/// <summary>On which terms a thief asks: what is released to them, how much, and whether anybody watches.</summary>
public sealed record FrontDoorTerms
{
    /// <summary>The name of the terms without any protection.</summary>
    public const string Off = "off";

    /// <summary>Whose they are, such as "consumer"; <see cref="Off"/> for none.</summary>
    public required string Name { get; init; }

    /// <summary>What is released.</summary>
    public required OutputPolicy Policy { get; init; }

    /// <summary>How much; null without limit.</summary>
    public BudgetLimits? Limits { get; init; }

    /// <summary>How easily the model is rebuilt.</summary>
    public ReleaseClass Release { get; init; } = ReleaseClass.Other;

    /// <summary>Whether they may see the coefficients, so that the limit of linear models is not for them.</summary>
    public bool SeesCoefficients { get; init; }

    /// <summary>What they may ask.</summary>
    public required IReadOnlySet<QueryKind> Kinds { get; init; }

    /// <summary>Days that the thief takes, at least 1.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Accounts among which the thief shares the questions, each in a team of its own; at least 1.</summary>
    public int Accounts { get; init; } = 1;

    /// <summary>Whether detectors watch, and an alarm leaves labels alone.</summary>
    public bool Watched { get; init; } = true;

    /// <summary>Whether a counterfactual is the point of the boundary itself; no endpoint releases that.</summary>
    public bool ExactCounterfactuals { get; init; }

    /// <summary>No protection at all: what the attacks can do by themselves.</summary>
    public static FrontDoorTerms Unprotected(ReleaseClass release) => new()
    {
        Name = Off,
        Policy = OutputPolicy.Off,
        Release = release,
        SeesCoefficients = true,
        Kinds = new HashSet<QueryKind> { QueryKind.Predict, QueryKind.Explain, QueryKind.Counterfactual },
        Watched = false,
        ExactCounterfactuals = true,
    };

    /// <summary>The terms of an audience under a policy pack.</summary>
    /// <param name="audience">Who asks.</param>
    /// <param name="release">The model's class.</param>
    /// <param name="pack">What is released, and how much.</param>
    /// <param name="days">Days that the thief takes.</param>
    public static FrontDoorTerms Of(Audience audience, ReleaseClass release, OutputPolicies pack, int days) => new()
    {
        Name = NameOf(audience),
        Policy = pack.For(audience, release),
        Limits = pack.Limits,
        Release = release,
        SeesCoefficients = audience is Audience.Owner or Audience.Reviewer,
        Kinds = Asks.Of(audience),
        Days = days,
    };

    /// <summary>What an audience is called on the command line and in findings.</summary>
    public static string NameOf(Audience audience) => audience.ToString().ToLowerInvariant();

    /// <summary>All audiences by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Audience>().Select(NameOf)];

    /// <summary>The audience of this name.</summary>
    /// <exception cref="InputException">There is none; the sentence lists those there are.</exception>
    public static Audience AudienceOf(string name) =>
        Enum.GetValues<Audience>().Where(audience => NameOf(audience) == name).Select(audience => (Audience?)audience).FirstOrDefault()
        ?? throw new InputException($"There is no role '{name}' with answers of its own; there are {string.Join(", ", Names)}.");
}
