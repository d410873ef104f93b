using System.CommandLine;
using System.Diagnostics;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Models;

namespace Governance.Portal.Features.Models;

/// <summary><c>governance model add</c>: puts a model on record, as the page does.</summary>
internal static class ModelCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Stands in addresses: small letters, digits, hyphens and underscores." };

    private static readonly Option<string?> Title = new("--title") { Description = "What people call it; the name by default.", HelpName = "TEXT" };

    private static readonly Option<string> Purpose = new("--purpose")
    {
        Description = "What it is used for, and on whom.",
        HelpName = "TEXT",
        Required = true,
    };

    private static readonly Option<string> Tier = new("--tier")
    {
        Description = "How much hangs on it.",
        Required = true,
    };

    static ModelCommand() => Tier.AcceptOnlyFromAmong(Enum.GetNames<RiskTier>());

    /// <summary>Makes the command <c>model</c> with its own commands.</summary>
    public static Command Create()
    {
        Command model = new("model", "Models of the registry.");
        model.Subcommands.Add(GovernanceCommand.Create(
            "add", "Put a model on record; its author owns it.", AddAsync,
            Name, Title, Purpose, Tier, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return model;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(Name)!;
        NewModel wanted = new(
            name, context.Arguments.GetValue(Title) ?? name, context.Arguments.GetValue(Purpose)!,
            Enum.Parse<RiskTier>(context.Arguments.GetValue(Tier)!));
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<RegisterModel>().RunAsync(registry.Actor, wanted, cancellationToken)))
        {
            case RegisterModelOutcome.Registered { Model: var model }:
                await context.People.WriteLineAsync($"Registered {model.Name} ({model.Tier}).");
                await context.WriteJsonAsync(
                    new { name = model.Name, title = model.Title, id = model.Id.Value, tier = model.Tier.ToString() }, cancellationToken);
                return 0;
            case RegisterModelOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }
}
