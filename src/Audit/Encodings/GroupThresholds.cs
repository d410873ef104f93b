using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>Thresholds by group: a post-processing step that is part of a version's encoding, and so of its digest.</summary>
/// <remarks>
/// A row of a group that no rule names, or whose group is missing, is decided by <see cref="Otherwise"/>. Where a rule
/// leaves the decision to chance, chance is a keyed hash of what the model reads of the row (<see cref="RowDraws"/>): the
/// same row is decided alike every time and everywhere, and nobody can ask again for another answer.
/// </remarks>
public sealed record GroupThresholds
{
    /// <summary>The code of <see cref="Note"/>.</summary>
    public const string NoteCode = "thresholds-by-group";

    /// <summary>What made them: threshold or reject-band.</summary>
    public required string Method { get; init; }

    /// <summary>What they make equal, such as equalized-odds; null where nothing was asked for.</summary>
    public string? Constraint { get; init; }

    /// <summary>The columns of the readable data that give a row's group; several are joined by '|'. At least one.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The class whose score is held against the thresholds.</summary>
    public required string Positive { get; init; }

    /// <summary>The score from which on (inclusive) the positive class is predicted where no group's rule applies.</summary>
    public required double Otherwise { get; init; }

    /// <summary>The key of the hash that stands for chance; part of the version, so not a secret.</summary>
    public required string Key { get; init; }

    /// <summary>One a group, each group once.</summary>
    public required IReadOnlyList<GroupRule> Groups { get; init; }

    /// <summary>What evidence about such decisions says.</summary>
    public AuditWarning Note => new(
        NoteCode,
        $"Decisions are made by thresholds of each group of {string.Join(" and ", Columns)}, not by one threshold"
        + (Groups.Any(group => group.IsRandomised) ? "; some are left to a keyed hash of the row." : "."));

    /// <summary>Decides rows.</summary>
    /// <param name="scores">Shape [rows]: the score of <see cref="Positive"/>.</param>
    /// <param name="rows">The same rows as people read them, with <see cref="Columns"/>.</param>
    /// <param name="batch">The same rows as the model reads them.</param>
    /// <returns>Shape [rows]: whether the positive class is predicted.</returns>
    /// <exception cref="InputException">A column of the groups is missing.</exception>
    public bool[] Decide(ReadOnlySpan<double> scores, Table rows, InputBatch batch)
    {
        GroupRule?[] rules = RulesOf(rows);
        RowDraws draws = new(Key);
        bool[] positive = new bool[scores.Length];
        for (int row = 0; row < positive.Length; row++)
        {
            if (rules[row] is not GroupRule rule)
            {
                positive[row] = scores[row] >= Otherwise;
                continue;
            }

            double chance = rule.Probability(scores[row]);
            positive[row] = chance >= 1 || (chance > 0 && draws.Of(batch, row) < chance);
        }

        return positive;
    }

    /// <summary>The rule that applies to each row; null where <see cref="Otherwise"/> does.</summary>
    /// <exception cref="InputException">A column of the groups is missing.</exception>
    public GroupRule?[] RulesOf(Table rows)
    {
        Column[] columns = [.. Columns.Select(name => rows.Find(name)
            ?? throw new InputException($"The data has no column '{name}', which this version's thresholds by group need.") { Column = name })];
        GroupNames names = new(Groups, columns.Length);
        GroupRule?[] rules = new GroupRule?[rows.Rows];
        for (int row = 0; row < rules.Length; row++)
        {
            rules[row] = Array.Exists(columns, column => column.IsMissing(row))
                ? null
                : names.Find([.. columns.Select(column => column.Text(row)!)]);
        }

        return rules;
    }

    // A group is found by its name, or else by an equal number: one file's 1 is another's 1.0.
    private sealed class GroupNames
    {
        private readonly Dictionary<string, GroupRule> byName;
        private readonly Dictionary<string, GroupRule> byNumber = new(StringComparer.Ordinal);

        public GroupNames(IReadOnlyList<GroupRule> groups, int columns)
        {
            byName = groups.ToDictionary(group => group.Group, StringComparer.Ordinal);
            foreach (GroupRule group in groups)
            {
                string[] cells = columns == 1 ? [group.Group] : group.Group.Split('|');
                byNumber.TryAdd(string.Join('|', cells.Select(Plain)), group);
            }
        }

        public GroupRule? Find(string[] cells) =>
            byName.GetValueOrDefault(string.Join('|', cells)) ?? byNumber.GetValueOrDefault(string.Join('|', cells.Select(Plain)));

        private static string Plain(string cell) =>
            PlainDecimal.TryParse(cell, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : cell;
    }
}
