using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Policies;
using Governance.Registry.Proposals;
using Governance.Registry.Yaml;

namespace Governance.Portal.Features.Policies;

/// <summary><c>governance policy add|list|show|check|adopt|propose|what-if</c>: policy packs, as on their pages.</summary>
internal static class PolicyCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The policy pack, YAML." };

    private static readonly Argument<string> Name = new("name") { Description = "The pack's name, or NAME/NUMBER; the highest number by default." };

    private static readonly Option<string> For = new("--for") { Description = "For which models: all, tier:high or model:NAME.", HelpName = "SCOPE", DefaultValueFactory = _ => "all" };

    private static readonly Option<string?> From = new("--from") { Description = "The first day, such as 2026-12-01; today by default.", HelpName = "DAY" };

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept with the decision.", HelpName = "TEXT" };

    /// <summary>Makes the command <c>policy</c> with its own commands.</summary>
    public static Command Create()
    {
        Command policy = new("policy", "Policy packs: dated limits and rules that audits and sign-offs are judged by.");
        Symbol[] registry = [RegistryRun.As, DataOptions.Data, DataOptions.Connection];
        foreach (Command command in (Command[])
            [
                GovernanceCommand.Create("check", "Read a policy pack and say what is wrong in it, or what it would loosen; nothing is put on record.", CheckAsync, File),
                GovernanceCommand.Create("add", "Put a policy pack on record. Nothing is judged by it before it is adopted.", AddAsync, [File, .. registry]),
                GovernanceCommand.Create("list", "List the packs and where they were adopted.", ListAsync, registry),
                GovernanceCommand.Create("show", "Print a pack as it was written.", ShowAsync, [Name, .. registry]),
                GovernanceCommand.Create("adopt", "Make a pack count; what loosens has to be proposed.", AdoptAsync, [Name, For, From, Reason, .. registry]),
                GovernanceCommand.Create("propose", "Propose that a pack counts; an administrator confirms.", ProposeAsync, [Name, For, From, Reason, .. registry]),
                WhatIfCommand.Create(Name),
            ])
        {
            policy.Subcommands.Add(command);
        }

        return policy;
    }

    /// <summary>The pack that a command line names.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static async Task<PackText> PackAsync(CommandContext context, RegistryRun registry, Argument<string> argument, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(argument)!;
        string[] parts = name.Split('/');
        PolicyQueries queries = registry.Get<PolicyQueries>();
        PackText? pack = parts is [string own, string number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int wanted)
            ? await queries.FindAsync(own, wanted, cancellationToken)
            : await queries.LatestAsync(name, cancellationToken);
        return pack ?? throw new InputException($"There is no policy pack '{name}'.");
    }

    private static async Task<int> CheckAsync(CommandContext context, CancellationToken cancellationToken)
    {
        PolicyPack pack = Read(await TextAsync(context, cancellationToken));
        IReadOnlyList<string> looser = pack.Kind == PackKind.Base ? PackLoosening.Of(pack, PolicyPack.Default) : [];
        await context.People.WriteLineAsync($"{pack.Label}, {PolicyWords.Kind(pack.Kind)}, {pack.Gates.Count} limits, {pack.Checklist.Count} lines of a checklist, digest {pack.Digest.Hex}.");
        foreach (string sentence in looser)
        {
            await context.People.WriteLineAsync($"Looser than {PolicyPack.Default.Label}: {sentence}");
        }

        await context.WriteJsonAsync(new { pack = Body(pack), looserThan = PolicyPack.Default.Label, looser }, cancellationToken);
        return 0;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string text = await TextAsync(context, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<RegisterPack>().RunAsync(registry.Actor, text, cancellationToken)))
        {
            case PolicyOutcome.Done { Pack: var pack }:
                await context.People.WriteLineAsync($"The policy pack {pack.Label} is on record, digest {pack.Digest.Hex}. It counts once it is adopted.");
                await context.WriteJsonAsync(new { pack = Body(pack) }, cancellationToken);
                return 0;
            case PolicyOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        PolicyQueries queries = registry.Get<PolicyQueries>();
        IReadOnlyList<PackView> packs = await queries.AllAsync(cancellationToken);
        IReadOnlyList<AdoptionView> adoptions = await queries.AdoptionsAsync(cancellationToken);
        TextTable.Write(context.People,
        [
            ["pack", "kind", "jurisdiction", "applies", "adopted for"],
            .. packs.Select(view => (string[])
            [
                view.Pack.Label, view.Pack.Kind == PackKind.Base ? "base" : "supplement", view.Pack.Jurisdiction, PolicyWords.Effective(view.Pack),
                string.Join("; ", adoptions.Where(row => row.Adoption.Pack == view.Pack.Name && row.Adoption.Number == view.Pack.Number)
                    .Select(row => $"{row.Adoption.ReadScope().Words} from {PolicyWords.Day(row.Adoption.From)}")),
            ]),
        ]);
        await context.WriteJsonAsync(
            new
            {
                packs = packs.Select(view => new { builtIn = view.RegisteredAt is null, registeredBy = view.RegisteredBy, registeredAt = view.RegisteredAt, pack = Body(view.Pack) }),
                adoptions = adoptions.Select(row => new
                {
                    pack = row.Adoption.Pack, number = row.Adoption.Number, scope = row.Adoption.Scope, from = row.Adoption.From, adoptedBy = row.AdoptedBy, reason = row.Reason,
                }),
            }, cancellationToken);
        return 0;
    }

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        PackText pack = await PackAsync(context, registry, Name, cancellationToken);
        await context.People.WriteAsync(pack.Text.AsMemory(), cancellationToken);
        await context.WriteJsonAsync(new { pack = Body(pack.Pack), text = pack.Text }, cancellationToken);
        return 0;
    }

    private static async Task<int> AdoptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        NewAdoption wanted = await WantedAsync(context, registry, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<AdoptPolicy>().RunAsync(
            registry.Actor, wanted, context.Arguments.GetValue(Reason), cancellationToken)))
        {
            case PolicyOutcome.Done { Pack: var pack }:
                await context.People.WriteLineAsync($"The policy pack {pack.Label} counts for {wanted.Scope.Words} from {PolicyWords.Day(wanted.From)} on.");
                await context.WriteJsonAsync(new { pack = pack.Label, digest = pack.Digest.Hex, scope = wanted.Scope.ToString(), from = wanted.From }, cancellationToken);
                return 0;
            case PolicyOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> ProposeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        NewAdoption wanted = await WantedAsync(context, registry, cancellationToken);
        switch (await RegistryRun.GuardAsync(() => registry.Get<ProposePolicy>().RunAsync(
            registry.Actor, wanted, context.Arguments.GetValue(Reason), cancellationToken)))
        {
            case ProposalOutcome.Recorded { Proposal: var proposal }:
                await context.People.WriteLineAsync($"Proposed {wanted.Pack} {wanted.Number}; an administrator confirms it on the Proposals page.");
                await context.WriteJsonAsync(new { proposal = proposal.Id.Value }, cancellationToken);
                return 0;
            case ProposalOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<NewAdoption> WantedAsync(CommandContext context, RegistryRun registry, CancellationToken cancellationToken)
    {
        PolicyPack pack = (await PackAsync(context, registry, Name, cancellationToken)).Pack;
        string scope = context.Arguments.GetValue(For)!;
        string? from = context.Arguments.GetValue(From);
        DateOnly day = DateOnly.FromDateTime(registry.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        return !PolicyScope.TryParse(scope, out PolicyScope read) ? throw new InputException($"--for takes all, tier:high or model:NAME, not '{scope}'.")
            : from is not null && !DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                ? throw new InputException($"--from takes a day such as 2026-12-01, not '{from}'.")
            : new NewAdoption(pack.Name, pack.Number, read, day);
    }

    private static async Task<string> TextAsync(CommandContext context, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await UserFiles.ReadAsync(context.Arguments.GetValue(File)!, cancellationToken));

    private static PolicyPack Read(string text)
    {
        try
        {
            return ReadPolicyPack.Run(text);
        }
        catch (YamlFaultException fault)
        {
            throw new InputException(fault.Sentence("policy pack"), fault) { Line = fault.Line == 0 ? null : fault.Line };
        }
    }

    private static JsonNode Body(PolicyPack pack)
    {
        JsonNode body = pack.ToJson();
        body["digest"] = pack.Digest.Hex;
        return body;
    }
}
