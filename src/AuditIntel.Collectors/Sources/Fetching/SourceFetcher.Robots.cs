namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>robots.txt, asked once for all sources of a host.</summary>
internal sealed partial class SourceFetcher
{
    private async Task ObeyRobotsAsync(Uri address, CancellationToken cancellationToken)
    {
        if (!_source.HonoursRobots)
        {
            return;
        }

        HostGate gate = _gates.Of(address, _source);
        RobotsRules rules = gate.Robots ?? await ReadRobotsAsync(gate, address, cancellationToken).ConfigureAwait(false);
        if (!rules.Allows(_source.UserAgent, address.PathAndQuery))
        {
            throw new FetchException(FetchFault.RobotsForbid, $"robots.txt of {address.Authority} forbids {address.PathAndQuery} to {_source.UserAgent.Split('/', ' ')[0]}.");
        }
    }

    private async Task<RobotsRules> ReadRobotsAsync(HostGate gate, Uri address, CancellationToken cancellationToken)
    {
        await gate.RobotsTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (gate.Robots is { } known)
            {
                return known;
            }

            RobotsRules rules = await FetchRobotsAsync(new Uri(address, "/robots.txt"), cancellationToken).ConfigureAwait(false);
            gate.Keep(rules, _options.RobotsLifetime);
            return rules;
        }
        finally
        {
            gate.RobotsTurn.Release();
        }
    }

    private async Task<RobotsRules> FetchRobotsAsync(Uri address, CancellationToken cancellationToken)
    {
        Uri at = address;
        try
        {
            for (int i = 0; i <= _options.MaxRedirects; i++)
            {
                RefusePrivate(at);
                (FetchedPage? page, Uri? next) = await GuardedAsync(at, null, "text/plain, */*;q=0.1", RobotsRules.LargestFile, cancellationToken).ConfigureAwait(false);
                if (page is not null)
                {
                    return RobotsRules.Parse(page.TextForPeople());
                }

                at = next!;
            }

            // RFC 9309, section 2.3.1.2: beyond five redirects the file counts as not there.
            return RobotsRules.AllowAll;
        }
        catch (FetchException e) when (e.Fault is FetchFault.Status && e.Status is >= 400 and < 500)
        {
            return RobotsRules.AllowAll;
        }
        catch (FetchException e) when (e.Fault is FetchFault.TooLarge)
        {
            // What was within the limit was not kept; a file of that size is meant to keep guests away.
            throw new FetchException(FetchFault.RobotsUnreachable, $"{at} is larger than {RobotsRules.LargestFile} bytes, so {address.Authority} is left alone.", innerException: e);
        }
        catch (FetchException e) when (e.Fault is FetchFault.Status && e.Status >= 500)
        {
            throw new FetchException(
                FetchFault.RobotsUnreachable, $"{at} answers with status {e.Status}, so {address.Authority} is left alone until it can be read.", e.RetryAfter, e.Status, e);
        }
    }
}
