using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary>The files that hold a model's rows: one for all inputs, or one each for some.</summary>
/// <param name="context">The run.</param>
/// <param name="data">The file for all inputs that have none of their own, or null.</param>
/// <param name="inputs">Words of the form NAME=F.</param>
/// <param name="features">The columns of <paramref name="data"/> to use, in order; null for all.</param>
internal sealed class InputFiles(CommandContext context, string? data, string[] inputs, string[]? features)
{
    /// <summary>The rows of <c>--data</c> as people read them; null before <see cref="Read(ModelRun, CancellationToken)"/> or without such a file.</summary>
    public Table? Rows { get; private set; }

    /// <summary>Reads and encodes all rows.</summary>
    /// <exception cref="InputException">A file cannot be read, does not fit the model, or the files differ in length.</exception>
    public InputBatch Read(ModelRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<InputSpec> specs = run.Predictor.Signature.Inputs;
        Dictionary<string, string> own = Own(specs);
        List<InputSpec> rest = [.. specs.Where(spec => !own.ContainsKey(spec.Name))];
        if (data is null && rest.Count > 0)
        {
            throw new InputException($"The model's input '{rest[0].Name}' has no rows: give --data, or --input {rest[0].Name}=FILE.");
        }

        if (data is null && context.Where is not null)
        {
            throw new InputException("--where chooses rows of --data, which is not given.");
        }

        Table? table = data is null ? null : Read(data, cancellationToken);
        int[]? rows = context.Where is string where ? Chosen(Cohort.Parse(where), table!) : null;
        Rows = rows is null ? table : table!.Take(rows);
        List<InputTensor> tensors = [];
        if (rest.Count > 0)
        {
            tensors.AddRange(Encode(run, rest, table!, rows, features));
        }

        foreach ((string name, string file) in own)
        {
            tensors.AddRange(Encode(run, [specs.First(spec => spec.Name == name)], Read(file, cancellationToken), rows, null));
        }

        return tensors.All(tensor => tensor.Rows == tensors[0].Rows)
            ? new InputBatch([.. specs.Select(spec => tensors.First(tensor => tensor.Name == spec.Name))])
            : throw new InputException($"The files differ in length: {string.Join(", ", tensors.Select(tensor => $"{tensor.Name} has {tensor.Rows:N0} rows"))}.");
    }

    private Dictionary<string, string> Own(IReadOnlyList<InputSpec> specs)
    {
        Dictionary<string, string> own = new(StringComparer.Ordinal);
        foreach (string word in inputs)
        {
            int sign = word.IndexOf('=');
            string name = sign < 0 ? "" : word[..sign];
            if (sign <= 0 || sign == word.Length - 1)
            {
                throw new InputException($"--input takes NAME=FILE, not '{word}'.");
            }

            if (specs.All(spec => spec.Name != name))
            {
                throw new InputException($"The model has no input '{name}'; its inputs are {string.Join(", ", specs.Select(spec => spec.Name))}.");
            }

            if (!own.TryAdd(name, word[(sign + 1)..]))
            {
                throw new InputException($"--input names '{name}' twice.");
            }
        }

        return own;
    }

    private static IReadOnlyList<InputTensor> Encode(
        ModelRun run, List<InputSpec> specs, Table table, int[]? rows, string[]? features)
    {
        Table taken = rows is null ? table
            : rows[^1] < table.Rows ? table.Take(rows)
            : throw new InputException("The files differ in length, so --where cannot choose the same rows in all.");
        ModelSignature part = new(specs, run.Predictor.Signature.Outputs);
        return RowEncoder.For(part, run.Encoding, taken, features).Encode(taken).Tensors;
    }

    private static int[] Chosen(Cohort cohort, Table table) =>
        cohort.Rows(table) is { Length: > 0 } rows ? rows : throw new InputException($"No row fulfils the condition {cohort.Text}.");

    private Table Read(string path, CancellationToken cancellationToken) => DataFile.Read(context, path, cancellationToken);
}
