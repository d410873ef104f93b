using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Mitigation;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Mitigations;

/// <summary>The file of <c>--out</c>: rules or factors as JSON, or the rows with their new decisions or weights as CSV.</summary>
internal sealed class MitigationFile
{
    /// <summary>The schema of a file of rules.</summary>
    public const string Schema = "governance/mitigation/1";

    private readonly string path;
    private readonly MitigationMethod method;

    /// <summary>Names the file.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public MitigationFile(string path, MitigationMethod method)
    {
        UserFiles.RefuseUnwritable(path);
        this.path = path;
        this.method = method;
    }

    private bool IsJson => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="rows">All rows that the mitigation was made of.</param>
    /// <param name="report">What was found.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(ScoredGroups rows, MitigationReport report, CancellationToken cancellationToken) =>
        await UserFiles.WriteAsync(path, IsJson ? Json(report) : Csv(rows, report), cancellationToken);

    private static byte[] Json(MitigationReport report)
    {
        JsonObject json = new() { ["schema"] = Schema };
        if (report.Step is GroupThresholds step)
        {
            json["groupThresholds"] = GroupThresholdsJson.Write(step);
        }
        else
        {
            json["weights"] = new JsonArray([.. report.Weights.Select(weight => (JsonNode?)new JsonObject
            {
                ["group"] = weight.Group,
                ["label"] = weight.Label,
                ["factor"] = double.IsNaN(weight.Factor) ? null : weight.Factor,
            })]);
        }

        return Encoding.UTF8.GetBytes(json.ToJsonString(new() { WriteIndented = true }));
    }

    private byte[] Csv(ScoredGroups rows, MitigationReport report)
    {
        List<Column> columns = [.. rows.Table.Columns];
        if (method == MitigationMethod.Reweigh)
        {
            Add(name => new NumberColumn(name, MitigateData.Applied(rows)), "adjusted_weight");
        }
        else
        {
            GroupThresholds step = report.Step!;
            GroupRule?[] rules = step.RulesOf(rows.Table);
            double[] chances = [.. rules.Select((rule, row) => rule?.Probability(rows.Decisions.Score[row]) ?? (rows.Decisions.Score[row] >= step.Otherwise ? 1 : 0))];
            sbyte[] decided = rows.Decide(step).Prediction.ToArray();
            Add(name => new NumberColumn(name, chances), "adjusted_probability");
            Add(name => TextColumn.Of(name, [.. decided.Select(positive => positive == 1 ? rows.Decisions.Positive : rows.Decisions.Negative)]), "adjusted_decision");
        }

        if (report.HeldOut is { Share: double share, Seed: int seed })
        {
            HashSet<int> held = [.. rows.Split(share, seed).HeldOut];
            Add(name => TextColumn.Of(name, [.. Enumerable.Range(0, rows.Table.Rows).Select(row => held.Contains(row) ? "held out" : "fitted")]), "part");
        }

        using MemoryStream stream = new();
        using (StreamWriter writer = new(stream, new UTF8Encoding(false)))
        {
            new CsvWriter(writer).Table(new Table(columns));
        }

        return stream.ToArray();

        void Add(Func<string, Column> make, string name)
        {
            while (columns.Any(column => column.Name == name))
            {
                name += "'"; // the data may have a column of this very name
            }

            columns.Add(make(name));
        }
    }
}
