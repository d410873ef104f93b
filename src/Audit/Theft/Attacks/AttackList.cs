using Governance.Audit.Data;

namespace Governance.Audit.Theft.Attacks;

/// <summary>All attacks that the red team knows, in the order of its reports.</summary>
public static class AttackList
{
    /// <summary>The attacks.</summary>
    public static IReadOnlyList<IAttack> All { get; } =
    [
        new EquationAttack(1), new EquationAttack(10), new EquationAttack(100), new EquationAttack(1, repeats: 100), new EquationAttack(1, accounts: 10),
        new LineSearchAttack(),
        new SurrogateAttack(RowSource.Uniform), new SurrogateAttack(RowSource.Marginals), new SurrogateAttack(RowSource.Adaptive),
        new SurrogateAttack(RowSource.OwnData), new SurrogateAttack(RowSource.OwnData, accounts: 10),
        new ExplanationAttack(), new SurrogateAttack(RowSource.Uniform, explained: true), new SurrogateAttack(RowSource.OwnData, explained: true),
        new CounterfactualAttack(),
    ];

    /// <summary>The name of the test whether an answer tells that a row was trained on; no attack that makes a copy.</summary>
    public const string Membership = "membership";

    /// <summary>All names, <see cref="Membership"/> last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(attack => attack.Name), Membership];

    /// <summary>The attacks of these names, in the order of <see cref="All"/>; all for none.</summary>
    /// <exception cref="InputException">There is no such attack; the sentence lists those there are.</exception>
    public static IReadOnlyList<IAttack> Of(IReadOnlyList<string> names)
    {
        string? strange = names.FirstOrDefault(name => !Names.Contains(name, StringComparer.Ordinal));
        return strange is null
            ? [.. All.Where(attack => names.Count == 0 || names.Contains(attack.Name, StringComparer.Ordinal))]
            : throw new InputException($"There is no attack '{strange}'; there are {string.Join(", ", Names)}.");
    }
}
