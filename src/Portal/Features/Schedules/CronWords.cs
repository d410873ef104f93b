using System.Globalization;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Schedules;

/// <summary>Cron expressions as people say them, where they are of the usual kinds; any other as it is written. Pure.</summary>
internal static class CronWords
{
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>Such as "every Monday at 06:00" or "on day 1 of January and July at 05:30".</summary>
    /// <param name="cron">Seconds, minutes, hours, day of month, month, day of week, in Quartz's form: Sunday is 1.</param>
    public static string Of(string cron)
    {
        ArgumentNullException.ThrowIfNull(cron);
        return cron.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["0", string minute, string hour, string day, string month, string weekday]
            && Time(minute, hour) is string time && Days(day, month, weekday) is string days
                ? hour == "*" && days == "every day" ? time : $"{days} {time}"
                : $"by the cron expression {cron}";
    }

    private static string? Time(string minute, string hour) =>
        Number(minute, 0, 59) is not int past ? null
        : hour == "*" ? string.Create(CultureInfo.InvariantCulture, $"every hour at {past} minute{(past == 1 ? "" : "s")} past")
        : Number(hour, 0, 23) is int full ? string.Create(CultureInfo.InvariantCulture, $"at {full:00}:{past:00}") : null;

    private static string? Days(string day, string month, string weekday) => (day, month, weekday) switch
    {
        ("*" or "?", "*", "*" or "?") => "every day",
        ("*" or "?", "*", "MON-FRI" or "2-6") => "Monday to Friday",
        ("*" or "?", "*", _) => List(weekday, Weekday) is string names ? $"every {names}" : null,
        (_, "*", "*" or "?") => DayOf(day) is string of ? $"{of} of every month" : null,
        (_, _, "*" or "?") => DayOf(day) is string of && List(month, Month) is string months ? $"{of} of {months}" : null,
        _ => null,
    };

    private static string? DayOf(string day) => day == "L" ? "on the last day"
        : List(day, text => Number(text, 1, 31) is int number ? number.ToString(CultureInfo.InvariantCulture) : null) is string days
            ? day.Contains(',', StringComparison.Ordinal) ? $"on days {days}" : $"on day {days}" : null;

    private static string? Month(string text) =>
        Number(text, 1, 12) is int number ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(number) : null;

    private static string? Weekday(string text)
    {
        int at = Number(text, 1, 7) - 1 ?? Array.IndexOf(DayNames, text.ToUpperInvariant());
        return at < 0 ? null : CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)at);
    }

    private static string? List(string text, Func<string, string?> nameOf)
    {
        string?[] names = [.. text.Split(',').Select(nameOf)];
        return names.Contains(null) ? null : PlainLists.And([.. names.OfType<string>()]);
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;
}
