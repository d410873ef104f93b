namespace Governance.Audit.Monitoring;

/// <summary>Reads every window that is due and not yet read, in the order in which each could first be read.</summary>
/// <remarks>
/// A window is due when it closes; where labels are needed, once enough of them are known. Figures come from the labels
/// known at that moment. So the readings, and the alerts that follow, are the same however often and late one looks.
/// Monitors of all rows come before those of cohorts that are due at the same moment.
/// </remarks>
/// <param name="plan">The plan with its reference.</param>
/// <param name="traffic">The rows.</param>
/// <param name="history">What was read before; readings are added to it.</param>
/// <param name="cut">
/// Windows of a number of rows that were cut before, by monitor; null for none. They stay as they were cut: rows that arrive
/// late with an earlier time move no window, and new windows begin after the last one.
/// </param>
public sealed class ReadWindows(
    PreparedPlan plan, ITrafficRows traffic, MonitorHistory history, IReadOnlyDictionary<string, IReadOnlyList<MonitorWindow>>? cut = null)
{
    private const int KeptWindows = 8;

    private readonly List<(MonitorWindow Window, MonitoredRows Rows)> kept = [];

    /// <summary>Reads.</summary>
    /// <param name="since">
    /// Nothing before this moment is read: windows begin with the period that holds it, and the first ones are cut off there.
    /// Null begins with the period of the first row.
    /// </param>
    /// <param name="upTo">What happened after this is not looked at.</param>
    /// <param name="settled">Whether a monitor's window has been read for good.</param>
    /// <param name="take">Takes the readings of one monitor and window.</param>
    /// <param name="cancellationToken">Ends it between windows.</param>
    public async Task RunAsync(
        DateTimeOffset? since, DateTimeOffset upTo, Func<MonitorTerms, MonitorWindow, bool> settled,
        Func<IReadOnlyList<WindowReading>, Task> take, CancellationToken cancellationToken)
    {
        if (await traffic.SpanAsync(cancellationToken) is not var (first, last))
        {
            return;
        }

        List<(MonitorTerms Terms, int Place, MonitorWindow Window, DateTimeOffset DueAt)> due = [];
        foreach ((MonitorTerms terms, int place) in plan.Spec.Monitors.Select((terms, place) => (terms, place)))
        {
            foreach (MonitorWindow window in await WindowsAsync(terms, since, first, last, upTo, cancellationToken))
            {
                if (settled(terms, window))
                {
                    continue;
                }

                if (!PreparedPlan.NeedsLabels(terms))
                {
                    due.Add((terms, place, window, window.To));
                    continue;
                }

                MonitoredRows rows = (await RowsAsync(window, cancellationToken)).KnownBy(upTo);
                MonitoredRows own = plan.CohortOf(terms, rows);
                DateTimeOffset? mature = own.Count == 0 ? window.To : own.MatureAt(plan.Spec.Maturity);
                DateTimeOffset end = window.To.AddDays(plan.Spec.LabelsWithinDays);
                if (mature is DateTimeOffset at && at <= upTo)
                {
                    due.Add((terms, place, window, at > window.To ? at : window.To));
                }
                else
                {
                    await take([plan.Waiting(terms, window, rows) with { Settled = end <= upTo }]);
                }
            }
        }

        foreach ((MonitorTerms terms, _, MonitorWindow window, DateTimeOffset dueAt) in due
            .OrderBy(one => one.DueAt).ThenBy(one => one.Terms.Cohort is not null).ThenBy(one => one.Place).ThenBy(one => one.Window.From))
        {
            cancellationToken.ThrowIfCancellationRequested();
            MonitoredRows rows = (await RowsAsync(window, cancellationToken)).KnownBy(dueAt);
            IReadOnlyList<WindowReading> readings = plan.Read(terms, window, dueAt, rows, history, cancellationToken);
            foreach (WindowReading reading in readings)
            {
                history.Add(reading);
            }

            await take(readings);
        }
    }

    private async Task<IEnumerable<MonitorWindow>> WindowsAsync(
        MonitorTerms terms, DateTimeOffset? since, DateTimeOffset first, DateTimeOffset last, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        WindowSpec spec = plan.Spec.Windows[terms.Window];
        if (spec.Rows is not int count)
        {
            return WindowCalendar.Closed(spec, since ?? first, upTo)
                .Select(window => since > window.From ? window with { From = since.Value } : window).Where(window => window.From < window.To);
        }

        IReadOnlyList<MonitorWindow> known = cut?.GetValueOrDefault(terms.Id) ?? [];
        DateTimeOffset begin = known.Count > 0 ? known.Max(window => window.To) : since ?? first;
        DateTimeOffset end = last < upTo ? last.AddTicks(TimeSpan.TicksPerMicrosecond) : upTo;
        if (begin >= end)
        {
            return known;
        }

        MonitoredRows rows = await traffic.ReadAsync(new MonitorWindow(begin, end), cancellationToken);
        return [.. known, .. WindowCalendar.Counted(count, rows.Times).Select(window => window.Window)];
    }

    private async Task<MonitoredRows> RowsAsync(MonitorWindow window, CancellationToken cancellationToken)
    {
        int place = kept.FindIndex(one => one.Window == window);
        MonitoredRows rows = place >= 0 ? kept[place].Rows : await traffic.ReadAsync(window, cancellationToken);
        if (place >= 0)
        {
            kept.RemoveAt(place);
        }

        kept.Add((window, rows));
        if (kept.Count > KeptWindows)
        {
            kept.RemoveAt(0);
        }

        return rows;
    }
}
