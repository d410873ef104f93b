using System.Globalization;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Owen;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Explanations;

/// <summary>What <c>governance explain</c> reads from files: rows, reference rows and players.</summary>
internal sealed record ExplainInputs(
    RowEncoder Encoder, InputBatch Rows, int[] RowIndices, ReferenceChoice Reference, IReadOnlyList<Player> Players)
{
    /// <summary>All rows of the data, readable.</summary>
    public required Table Data { get; init; }

    /// <summary>The reference rows, readable.</summary>
    public required Table BackgroundData { get; init; }

    /// <summary>Players of each row's own; null where all rows share <see cref="Players"/>.</summary>
    public IReadOnlyList<PlayerPlan>? OwnPlayers { get; init; }

    /// <summary>The unions of players, where some were given.</summary>
    public HierarchyNode? Hierarchy { get; init; }

    /// <summary>The players that occlusion hides together, where a window slides.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Windows { get; init; }

    /// <summary>The rows of the data that stand in for a background that was not given.</summary>
    public const int DefaultBackgroundRows = 100;

    /// <summary>Reads all files that the command line names.</summary>
    /// <exception cref="InputException">A file cannot be read, or they do not fit each other and the model.</exception>
    public static async Task<ExplainInputs> ReadAsync(
        CommandContext context, ModelSignature signature, CancellationToken cancellationToken)
    {
        Table data = DataFile.Read(context, context.Arguments.GetValue(ExplainCommand.Data)!, cancellationToken);
        string? weights = context.Arguments.GetValue(ExplainCommand.Weights);
        ModelEncoding? encoding = context.Encoding is null ? null : ModelEncoding.Read(await UserFiles.ReadAsync(context.Encoding, cancellationToken));
        string[]? features = context.Arguments.GetValue(ExplainCommand.Features)?.Split(',', StringSplitOptions.TrimEntries);
        if (features is not null && encoding is not null)
        {
            context.Warn(new AuditWarning("features-not-used", "--features is not used, because the encoding names the columns."));
        }

        if (features is null && encoding is null && weights is not null && data.Find(weights) is not null)
        {
            features = [.. data.Columns.Select(column => column.Name).Where(name => name != weights)];
        }

        RowEncoder encoder = RowEncoder.For(signature, encoding, data, features);
        if (context.Arguments.GetValue(ExplainCommand.Groups) is string groups)
        {
            byte[] json = await UserFiles.ReadAsync(groups, cancellationToken);
            encoder = new RowEncoder(signature, encoder.Encoding with { Groups = PlayerGroupsFile.Read(json, encoder.Slots) });
        }

        int[] rows = ChooseRows(context, data);
        Table background = ReadBackground(context, data, cancellationToken);
        if (encoding is null && context.Arguments.GetValue(ExplainCommand.Features) is null)
        {
            RefuseExtraColumns(background, encoder, signature, weights);
        }

        string? hierarchy = context.Arguments.GetValue(ExplainCommand.Hierarchy);
        Table chosen = data.Take(rows);
        InputBatch encoded = encoder.Encode(chosen);
        PlayerSpec? parts = PlayerSpec.Parse(context.Arguments.GetValue(ExplainCommand.Players));
        int? window = context.Arguments.GetValue(ExplainCommand.Window);
        IReadOnlyList<PlayerPlan>? each = PlayerPlan.Each(parts, window, encoder, encoded);
        PlayerPlan plan = each?[0] ?? PlayerPlan.Make(parts, window, encoder, encoded);
        ReferenceChoice reference = ReferenceChoice.Of(
            context.Arguments.GetValue(ExplainCommand.Reference) ?? ExplanationMethods.DefaultReference(context.Arguments.GetValue(ExplainCommand.Method)!), encoder.Encode(background),
            weights is null ? null : ReadWeights(background, weights), encoder, background, new ExplainedRows(chosen, encoded, rows, parts));
        return new ExplainInputs(encoder, encoded, rows, reference, plan.Players)
        {
            Data = data,
            BackgroundData = background,
            OwnPlayers = each,
            Windows = plan.Windows,
            Hierarchy = hierarchy is null
                ? plan.Hierarchy
                : HierarchyFile.Read(await UserFiles.ReadAsync(hierarchy, cancellationToken), plan.Players, encoder.Slots),
        };
    }

    private static Table ReadBackground(CommandContext context, Table data, CancellationToken cancellationToken)
    {
        Table? given = context.Arguments.GetValue(ExplainCommand.Background) is string path ? DataFile.Read(context, path, cancellationToken) : null;
        if (context.Arguments.GetValue(ExplainCommand.BackgroundWhere) is string where)
        {
            // A cohort without a file: as many of the data's rows of that cohort as would have been taken of all.
            int[] cohort = Cohort.Parse(where).Rows(given ?? data);
            return cohort.Length == 0
                ? throw new InputException("No reference row belongs to the cohort of --background-where.")
                : given?.Take(cohort) ?? data.Take(cohort).Head(DefaultBackgroundRows);
        }

        if (given is not null)
        {
            return given;
        }

        Table head = data.Head(DefaultBackgroundRows);
        context.Warn(new AuditWarning(
            "background-from-data",
            $"No --background was given: the first {head.Rows} rows of the data stand for unknown features."));
        return head;
    }

    private static int[] ChooseRows(CommandContext context, Table data)
    {
        int[] rows = context.Where is string where ? Cohort.Parse(where).Rows(data) : [.. Enumerable.Range(0, data.Rows)];
        if (rows.Length == 0)
        {
            throw new InputException(context.Where is null ? "The data has no rows." : "No row of the data belongs to the cohort of --where.");
        }

        if (context.Arguments.GetValue(ExplainCommand.Row) is not string list)
        {
            return rows;
        }

        HashSet<int> allowed = [.. rows];
        List<int> chosen = [];
        foreach (string word in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int row))
            {
                throw new InputException($"--row takes row numbers counted from 0, such as 0,5; '{word}' is none.");
            }

            if (!allowed.Contains(row))
            {
                throw new InputException(row >= data.Rows
                    ? $"The data has no row {row}; it has {data.Rows}, counted from 0."
                    : $"The row {row} does not belong to the cohort of --where.");
            }

            chosen.Add(row);
        }

        return [.. chosen];
    }

    // As for the data itself: without an encoding, a column that the model does not take is a mistake to be told.
    private static void RefuseExtraColumns(Table background, RowEncoder encoder, ModelSignature signature, string? weights)
    {
        if (signature.Inputs.Count > 1 && signature.Inputs.All(input => input.Width == 1))
        {
            return;
        }

        HashSet<string> needed = new(encoder.Columns, StringComparer.Ordinal);
        if (background.Columns.FirstOrDefault(column => column.Name != weights && !needed.Contains(column.Name)) is Column extra)
        {
            throw new InputException(
                $"The background has the column '{extra.Name}', which the data lacks: choose columns with --features, or give an --encoding.") { Column = extra.Name };
        }
    }

    private static double[] ReadWeights(Table background, string name)
    {
        Column column = background.Find(name)
            ?? throw new InputException($"The background has no column '{name}' to weight its rows.") { Column = name };
        double[] weights = new double[background.Rows];
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = column.Number(row);
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
            {
                throw new InputException($"{background.Place(row)} of the background: the weight '{column.Text(row)}' is no number of at least 0.")
                {
                    Column = name,
                    Line = background.Line(row),
                };
            }
        }

        return weights.Sum() > 0 ? weights : throw new InputException($"The weights in the column '{name}' are all 0.");
    }
}
