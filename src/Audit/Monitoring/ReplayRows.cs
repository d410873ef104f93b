using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Monitoring;

/// <summary>Makes monitored rows of tables: a reference with its labels, or recorded requests joined with labels by id.</summary>
public static class ReplayRows
{
    /// <summary>The reference rows, scored by the model.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="model">Scores them.</param>
    /// <param name="label">The column with the label; null takes the encoding's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no row, the rows cannot be scored, or the label's column is missing.</exception>
    public static MonitorReference Reference(Table table, WatchedModel model, string? label, CancellationToken cancellationToken)
    {
        if (table.Rows == 0)
        {
            throw new InputException("The reference has no row.");
        }

        string? column = label ?? model.Label;
        Column? labels = column is null ? null : label is null ? table.Find(column) : table.Need(column);
        return new MonitorReference
        {
            Rows = Scored(table, new DateTimeOffset[table.Rows], model.Score(table, cancellationToken), null, labels is null ? null : KnownLabels.Of(Texts(labels), model.Classes)),
            Features = model.Columns,
            Label = labels?.Name,
            Positive = model.Positive,
            Favourable = model.Favourable,
            IsRegression = model.IsRegression,
            Model = model,
        };
    }

    /// <summary>Recorded requests with their labels, each id once: of several rows the first counts, as in a deployment.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="labels">The labels with ids and the time when each became known; null for none.</param>
    /// <param name="names">The columns' names.</param>
    /// <param name="model">Scores requests that come without scores.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">There is no row, a column is missing, or a time or number cannot be read.</exception>
    public static MonitoredRows Requests(Table requests, Table? labels, ReplayColumns names, WatchedModel model, CancellationToken cancellationToken)
    {
        if (requests.Rows == 0)
        {
            throw new InputException("The requests have no row.");
        }

        DateTimeOffset[] times = Times(requests, requests.Need(names.Time));
        int[] order = [.. FirstOfEach(requests, names.Id).OrderBy(row => times[row])];
        Table sorted = requests.Take(order);
        times = Array.ConvertAll(order, row => times[row]);
        (string?[]? known, DateTimeOffset?[]? at) = labels is null ? (null, null) : Join(sorted, times, labels, names, model.Classes);
        double[]? latency = names.Latency is string name ? Numbers(sorted, sorted.Need(name)) : null;
        Column? score = sorted.Find(names.Score);
        Column? prediction = sorted.Find(names.Prediction);
        if (model.IsRegression ? prediction is null : score is null || prediction is null)
        {
            return Scored(sorted, times, model.Score(sorted, cancellationToken), latency, known, at);
        }

        return new MonitoredRows
        {
            Table = sorted,
            Times = times,
            Scores = score is null ? null : Numbers(sorted, score),
            Predicted = model.IsRegression ? null : Texts(prediction!),
            Values = model.IsRegression ? Numbers(sorted, prediction!) : null,
            Labels = known,
            LabelsKnownAt = at,
            Latency = latency,
        };
    }

    private static MonitoredRows Scored(
        Table table, DateTimeOffset[] times, Decisions decisions, double[]? latency, string?[]? known, DateTimeOffset?[]? at = null) => new()
    {
        Table = table,
        Times = times,
        Scores = decisions.Scores ?? Largest(decisions),
        Predicted = decisions.Predicted,
        Values = decisions.Values,
        Labels = known,
        LabelsKnownAt = at,
        Latency = latency,
    };

    // Of several classes the probability of the one decided for.
    private static double[]? Largest(Decisions decisions)
    {
        if (decisions.Probabilities is not double[] all || decisions.Predicted is not { Length: > 0 } predicted)
        {
            return null;
        }

        int classes = all.Length / predicted.Length;
        return [.. Enumerable.Range(0, predicted.Length).Select(row => all.AsSpan(row * classes, classes).ToArray().Max())];
    }

    // A row without an id is like no other.
    private static IEnumerable<int> FirstOfEach(Table requests, string name)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Column? ids = requests.Find(name);
        return Enumerable.Range(0, requests.Rows).Where(row => ids?.Text(row) is not string id || seen.Add(id));
    }

    private static (string?[] Labels, DateTimeOffset?[] KnownAt) Join(
        Table requests, DateTimeOffset[] times, Table labels, ReplayColumns names, IReadOnlyList<string>? classes)
    {
        Column ids = labels.Need(names.Id);
        Column label = labels.Need(names.Label);
        DateTimeOffset[]? known = names.LabelDays is null || labels.Find(names.LabelTime) is not null
            ? Times(labels, labels.Need(names.LabelTime)) : null;
        Dictionary<string, int> rowOf = new(StringComparer.Ordinal);
        for (int row = 0; row < labels.Rows; row++)
        {
            if (ids.Text(row) is string id)
            {
                rowOf.TryAdd(id, row);
            }
        }

        Column wanted = requests.Need(names.Id);
        int[] rows = [.. Enumerable.Range(0, requests.Rows).Select(row => wanted.Text(row) is string id ? rowOf.GetValueOrDefault(id, -1) : -1)];
        return (
            KnownLabels.Of(rows.Select(row => row < 0 ? null : label.Text(row)), classes),
            [.. rows.Select((label, row) => label < 0 ? (DateTimeOffset?)null : known?[label] ?? times[row].AddDays(names.LabelDays!.Value))]);
    }

    // ISO 8601, UTC where no offset is given; or seconds since 1970.
    private static DateTimeOffset[] Times(Table table, Column column)
    {
        DateTimeOffset[] times = new DateTimeOffset[column.Count];
        for (int row = 0; row < times.Length; row++)
        {
            double seconds = column is NumberColumn ? column.Number(row) : double.NaN;
            times[row] = seconds is >= -62_135_596_800 and < 253_402_300_800 ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
                : DateTimeOffset.TryParse(column.Text(row), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at
                : throw new InputException($"{table.Place(row)}: '{column.Name}' is no time.") { Column = column.Name };
        }

        return times;
    }

    private static double[] Numbers(Table table, Column column)
    {
        double[] numbers = [.. Enumerable.Range(0, column.Count).Select(column.Number)];
        int strange = Array.FindIndex(numbers, double.IsNaN) < 0 ? -1 : Enumerable.Range(0, column.Count).FirstOrDefault(row => double.IsNaN(numbers[row]) && !column.IsMissing(row), -1);
        return strange < 0 ? numbers
            : throw new InputException($"{table.Place(strange)} holds no number in the column '{column.Name}'.") { Column = column.Name };
    }

    private static string?[] Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Text)];
}

/// <summary>How the columns of recorded requests and labels are called.</summary>
/// <param name="Id">Of both.</param>
/// <param name="Time">Of requests.</param>
/// <param name="Score">Of requests; where it is absent the model scores them.</param>
/// <param name="Prediction">Of requests; where it is absent the model decides.</param>
/// <param name="Latency">Of requests, milliseconds; null for none.</param>
/// <param name="Label">Of labels.</param>
/// <param name="LabelTime">Of labels: when each became known.</param>
/// <param name="LabelDays">Where labels have no such column: days after its request that each became known; null for a column that must be there.</param>
public sealed record ReplayColumns(
    string Id = "request_id", string Time = "timestamp", string Score = "score", string Prediction = "prediction", string? Latency = null,
    string Label = "label", string LabelTime = "arrived_at", double? LabelDays = null);
