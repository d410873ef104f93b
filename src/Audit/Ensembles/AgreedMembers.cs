using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Ensembles;

/// <summary>Members that can be merged: what they read and what they say is the same.</summary>
internal sealed class AgreedMembers
{
    private AgreedMembers(IReadOnlyList<MemberReading> members, SharedInputs inputs, IReadOnlyList<string>? classes, double? threshold,
        IReadOnlyDictionary<string, CellRule> masks)
    {
        Members = members;
        Inputs = inputs;
        Masks = masks;
        Classes = classes;
        Threshold = threshold;
        Positive = classes is { Count: 2 } ? members[0].Positive ?? classes[1] : null;
    }

    /// <summary>The members, in the order given.</summary>
    public IReadOnlyList<MemberReading> Members { get; }

    /// <summary>What all of them read.</summary>
    public SharedInputs Inputs { get; }

    /// <summary>See <see cref="SharedMasks"/>.</summary>
    public IReadOnlyDictionary<string, CellRule> Masks { get; }

    /// <summary>The first member's classes; null for a regression.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Of two classes the one that scores refer to.</summary>
    public string? Positive { get; }

    /// <summary>Its place among the classes; 0 where there is none.</summary>
    public int PositivePlace => Positive is null ? 0 : Classes!.ToList().IndexOf(Positive);

    /// <summary>The members' own threshold where they agree on one, else null.</summary>
    public double? Threshold { get; }

    /// <summary>Reads the members and sees whether they agree.</summary>
    /// <exception cref="InputException">They do not; the sentence says which and in what.</exception>
    public static AgreedMembers Of(
        IReadOnlyList<EnsembleMember> members, EnsembleOptions options, Action<AuditWarning> warn, CancellationToken cancellationToken)
    {
        if (members.GroupBy(member => member.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: string twice })
        {
            throw new InputException($"The member '{twice}' is named twice; a model that shall count more gets a larger weight.");
        }

        MemberReading[] readings = [.. members.Select(member => MemberReading.Of(member, cancellationToken))];
        CheckTasks(readings, options.Combination);
        SharedInputs inputs = SharedInputs.Of(readings);
        IReadOnlyList<string>? classes = readings[0].IsRegression ? null : CommonClasses(readings);
        return new AgreedMembers(readings, inputs, classes, CommonThreshold(readings, options, warn), SharedMasks.Of(readings, inputs, warn));
    }

    private static void CheckTasks(MemberReading[] members, Combination combination)
    {
        if (members.FirstOrDefault(member => member.IsRegression != members[0].IsRegression) is MemberReading other)
        {
            (string number, string label) = other.IsRegression ? (other.Member.Name, members[0].Member.Name) : (members[0].Member.Name, other.Member.Name);
            throw new InputException($"'{number}' predicts a number and '{label}' a class: they cannot be merged.");
        }

        if (members[0].IsRegression)
        {
            if (combination is Combination.Majority or Combination.Stacking)
            {
                throw new InputException($"The members predict numbers; {(combination == Combination.Majority ? "votes" : "stacking")} need classes. Combine them by average or weighted.");
            }

            return;
        }

        foreach (MemberReading member in members)
        {
            if (combination != Combination.Majority && !member.HasProbabilities)
            {
                throw new InputException(member.Role == OutputRole.Label
                    ? $"The member '{member.Member.Name}' gives labels and no probabilities; only a majority can be made of labels."
                    : $"The member '{member.Member.Name}' gives scores that are no probabilities; only a majority can be made of them. If they are probabilities or logits, say so in an encoding.");
            }

            if (combination == Combination.Majority && member.Rule.GroupThresholds is not null)
            {
                throw new InputException($"The member '{member.Member.Name}' decides by thresholds of each group, which stand behind its graph, so its vote cannot be merged. Its probabilities can: combine by average.");
            }
        }
    }

    private static IReadOnlyList<string> CommonClasses(MemberReading[] members)
    {
        MemberReading first = members.FirstOrDefault(member => member.Classes is not null)
            ?? throw new InputException($"Nobody names the classes of '{members[0].Member.Name}'; say them in an encoding.");
        foreach (MemberReading member in members)
        {
            if (member.Classes is { } own && ClassOrder.Between(own, first.Classes!) is null)
            {
                throw new InputException(
                    $"The members have other classes: {string.Join(", ", first.Classes!)} ('{first.Member.Name}') and {string.Join(", ", own)} ('{member.Member.Name}'). Name them alike in the encodings.");
            }
        }

        return first.Classes!;
    }

    private static double? CommonThreshold(MemberReading[] members, EnsembleOptions options, Action<AuditWarning> warn)
    {
        if (options.Combination == Combination.Majority)
        {
            return null;
        }

        if (members.FirstOrDefault(member => member.Rule.GroupThresholds is not null) is MemberReading grouped)
        {
            warn(new AuditWarning(
                "thresholds-not-merged", $"The member '{grouped.Member.Name}' decides by thresholds of each group; the ensemble takes its probabilities and decides all rows alike."));
        }

        double?[] own = [.. members.Select(member => member.Rule.Threshold).Distinct()];
        if (own.Length > 1 && options.Threshold is null)
        {
            warn(new AuditWarning("thresholds-differ", "The members decide by different thresholds; the ensemble decides at 0.5. Another one can be asked for."));
        }

        return own.Length == 1 ? own[0] : null;
    }
}
