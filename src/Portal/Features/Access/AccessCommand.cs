using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;

namespace Governance.Portal.Features.Access;

/// <summary><c>governance access explain</c>: why can X do this, or why not.</summary>
internal static class AccessCommand
{
    private static readonly Option<string> User = new("--user") { Description = "About whom: a user name.", HelpName = "USER", Required = true };

    private static readonly Option<string> Model = new("--model") { Description = "The model's name.", HelpName = "M", Required = true };

    private static readonly Option<int?> Version = new("--version") { Description = "The version's number; the model as a whole by default.", HelpName = "N" };

    private static readonly Option<string?> Only = new("--right") { Description = "Only this right; all by default.", HelpName = "R" };

    static AccessCommand() => Only.AcceptOnlyFromAmong(Enum.GetNames<Right>());

    /// <summary>Makes the command <c>access</c> with its own commands.</summary>
    public static Command Create()
    {
        Command access = new("access", "Who may do what, and why.");
        access.Subcommands.Add(GovernanceCommand.Create(
            "explain", "Explain every right of a person on a model: the deciding cell and grants, or what is missing.", ExplainAsync,
            User, Model, Version, Only, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return access;
    }

    private static async Task<int> ExplainAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string user = context.Arguments.GetValue(User)!;
        string model = context.Arguments.GetValue(Model)!;
        int? number = context.Arguments.GetValue(Version);
        Person person = await registry.Get<PeopleQueries>().FindByUserNameAsync(user, cancellationToken)
            ?? throw new InputException($"There is no account '{user}'.");
        AccessOverview overview = await registry.Get<ExplainAccess>().RunAsync(
            registry.Actor.User!.Value, person.Id, model, number, cancellationToken)
            ?? throw new InputException($"There is no model '{model}'{(number is null ? "" : $" with a version {number}")}, or not for this person, or they may not ask about '{user}'.");
        Right? only = context.Arguments.GetValue(Only) is string name ? Enum.Parse<Right>(name) : null;
        RightAnswer[] rows = [.. overview.Rights.Where(row => only is null || row.Right == only)];
        TextTable.Write(context.People,
        [
            ["right", "allowed", "by"],
            .. rows.Select(row => (string[])[row.Right.ToString(), row.Decision.Allowed ? "yes" : "no", row.Decision.By?.ToString() ?? row.Decision.Cell.ToString()]),
        ]);
        foreach (RightAnswer row in rows)
        {
            await context.People.WriteLineAsync($"{row.Right}: {string.Join(" ", row.Reasons.Select(reason => reason.Sentence))}");
        }

        await context.WriteJsonAsync(
            new
            {
                user,
                roles = overview.Person.Roles.Order(),
                model,
                version = number,
                rights = rows.Select(row => new
                {
                    right = row.Right,
                    allowed = row.Decision.Allowed,
                    by = row.Decision.By,
                    cell = row.Decision.Cell,
                    reasons = row.Reasons.Select(reason => new { code = reason.Code, sentence = reason.Sentence }),
                }),
            }, cancellationToken);
        return 0;
    }
}
